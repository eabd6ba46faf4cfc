import { RealtimeError } from './realtime-error';

describe('RealtimeError', () => {
  it('says what to do in development builds', () => {
    expect(new RealtimeError('dead-link', 'Nothing was heard.').message).toBe('Nothing was heard.');
  });

  it('says its code in production builds, which leave the text out', () => {
    expect(new RealtimeError('dead-link', false).message).toBe('dead-link');
  });
});
