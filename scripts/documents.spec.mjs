import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './paths.mjs';

const LINK = /\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g;
const CODE_BLOCK = /^```.*?^```/gms;
/** A path of the repository in running text, such as `server/domain/work.ts`. */
const PATH = /`((?:docs|e2e|projects|protocol|scripts|server|src)\/[\w./-]*)`/g;

/** @param {string} folder */
const documentsIn = (folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(ROOT, folder, name));

const DOCUMENTS = ['.', 'docs', 'docs/adr', 'docs/realtime', 'projects/realtime'].flatMap(documentsIn);

/** @param {string} file */
const textOf = (file) => readFileSync(file, 'utf8').replace(CODE_BLOCK, '');

/**
 * The names by which GitHub links to the headings of a document.
 *
 * @param {string} file
 */
function anchorsOf(file) {
  return [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the documents', () => {
  it('link to files and headings that are there', () => {
    const broken = DOCUMENTS.flatMap((file) =>
      [...textOf(file).matchAll(LINK)]
        .filter(([, path = '', anchor]) => {
          const target = path === '' ? file : join(dirname(file), path);
          const isThere = existsSync(target);
          return !isThere || (anchor !== undefined && !anchorsOf(target).includes(anchor));
        })
        .map(([link]) => `${relative(ROOT, file)}: ${link}`),
    );

    expect(broken).toEqual([]);
  });

  it('name only files that are there, in the architecture', () => {
    const named = [...textOf(join(ROOT, 'docs/architecture.md')).matchAll(PATH)].map(([, path = '']) => path);

    expect(named).not.toEqual([]);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
