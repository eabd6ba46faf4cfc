import { createAuthor } from './create-author';

describe('createAuthor', () => {
  const authorCharactersPerSecond = 60;

  it('writes offline when no model is set', () => {
    expect(createAuthor({ authorCharactersPerSecond }).provider).toBe('offline');
    expect(createAuthor({ authorCharactersPerSecond, llmBaseUrl: '', llmModel: '' }).provider).toBe(
      'offline',
    );
  });

  it('writes with the model that is set', () => {
    const author = createAuthor({
      authorCharactersPerSecond,
      llmBaseUrl: 'http://localhost:11434/v1',
      llmModel: 'qwen3',
    });
    expect(author.provider).toBe('openai');
    expect(author.model).toBe('qwen3');
  });

  it('needs no endpoint for a key of OpenAI', () => {
    const settings = { authorCharactersPerSecond, llmApiKey: 'sk-key', llmModel: 'a-model' };
    expect(createAuthor(settings).provider).toBe('openai');
  });

  it('names LLM_MODEL when an endpoint has none', () => {
    const settings = { authorCharactersPerSecond, llmBaseUrl: 'http://localhost:11434/v1' };
    expect(() => createAuthor(settings)).toThrowError(/LLM_MODEL/u);
  });
});
