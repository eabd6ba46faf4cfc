import { connectSources } from './connect-sources';

describe('connectSources', () => {
  const OWN = ['ws://novels.example:8000', 'wss://novels.example:8000'];
  const sources = (config: string | undefined, host: string | undefined = 'novels.example:8000') =>
    connectSources(config, host);

  it('has the WebSocket of the page’s own origin', () => {
    expect(sources('{ "websocketUrl": "/ws/ws", "restUrl": "" }')).toEqual(OWN);
  });

  it('has the origins that the configuration names, and nothing below them', () => {
    const config = '{ "websocketUrl": "wss://live.example/ws/ws", "restUrl": "https://api.example:444/v1" }';

    expect(sources(config)).toEqual([...OWN, 'wss://live.example', 'https://api.example:444']);
  });

  it('has the WebSocket of an address that names it as a page', () => {
    expect(sources('{ "websocketUrl": "https://live.example/ws/ws", "restUrl": "" }')).toEqual([
      ...OWN,
      'wss://live.example',
    ]);
  });

  for (const config of [undefined, 'no JSON', '[]', '{ "restUrl": 7 }']) {
    it(`has the addresses of a server on the same machine for a configuration like ${config ?? 'none'}`, () => {
      expect(sources(config)).toEqual([...OWN, 'ws://localhost:8000', 'http://localhost:8000']);
    });
  }

  it('fills in what the configuration leaves out', () => {
    expect(sources('{ "restUrl": "" }')).toEqual([...OWN, 'ws://localhost:8000']);
  });

  for (const host of ['a.example;script-src *', "a.example 'unsafe-inline'", 'a.example,b', '']) {
    it(`lets nothing into the policy by a host like “${host}”`, () => {
      expect(sources('{ "websocketUrl": "/ws/ws", "restUrl": "" }', host)).toEqual([]);
    });
  }
});
