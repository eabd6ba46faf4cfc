import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { portOf } from '../../server/testing/port-of';

const folder = fileURLToPath(new URL('./', import.meta.url));
const library = fileURLToPath(
  new URL('../../dist/realtime/fesm2022/creative-autogpt-realtime.mjs', import.meta.url),
);

/** The pages of the clients, served from one origin that never fails. */
export class Pages {
  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private readonly origin: string,
  ) {}

  /** Bundles and serves pages; each is named like the file of its client. */
  static async open(names: readonly string[]): Promise<Pages> {
    const html = new Map<string, string>(
      await Promise.all(names.map(async (name) => [`/${name}`, await buildPage(name)] as const)),
    );
    const server = createServer((request, response) => {
      const page = html.get(request.url ?? '');
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(page);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Pages(server, `http://127.0.0.1:${portOf(server)}`);
  }

  url(name: string): string {
    return `${this.origin}/${name}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** The page of one client: production code in one script. */
async function buildPage(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}${name}.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    alias: { '@creative-autogpt/realtime': library },
    define: { ngDevMode: 'false', ngJitMode: 'true', ngServerMode: 'false' },
  });
  const script = outputFiles[0]?.text ?? '';
  return `<!doctype html><title>${name}</title><script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;
}
