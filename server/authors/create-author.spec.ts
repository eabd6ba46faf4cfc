import { createAuthor } from './create-author';

describe('createAuthor', () => {
  it('writes offline when no language model is named', () => {
    const author = createAuthor({ languageModel: undefined, authorCharsPerSecond: 60 });

    expect(author.provider).toBe('offline');
  });

  it('writes with the language model that is named', () => {
    const languageModel = { baseUrl: 'http://localhost:11434/v1', model: 'qwen3' };
    const author = createAuthor({ languageModel, authorCharsPerSecond: 60 });

    expect([author.provider, author.model]).toEqual(['openai', 'qwen3']);
  });
});
