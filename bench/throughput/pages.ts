import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('./clients/', import.meta.url));
const library = fileURLToPath(
  new URL('../../dist/realtime/fesm2022/creative-autogpt-realtime.mjs', import.meta.url),
);

/**
 * The page of one client under test: production code, minified, in one script. Packages are resolved as
 * Angular's builder does, which every Angular application is built by: without that, `rxjs` would come as
 * ES5.
 */
export async function buildPage(client: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}${client}.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
    conditions: ['es2020', 'es2015', 'module'],
    alias: { '@creative-autogpt/realtime': library },
    define: { ngDevMode: 'false', ngJitMode: 'true', ngServerMode: 'false' },
  });
  const script = outputFiles[0]?.text ?? '';
  return `<!doctype html><title>${client}</title><script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;
}
