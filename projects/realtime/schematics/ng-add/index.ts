import {
  chain,
  type DirEntry,
  noop,
  type Rule,
  SchematicsException,
  type Tree,
} from '@angular-devkit/schematics';
import { addDependency, addRootProvider, ExistingBehavior, readWorkspace } from '@schematics/angular/utility';
import { type FeatureName, FEATURES, type NgAddOptions } from './ng-add-options';

const PACKAGE = '@creative-autogpt/realtime';

/** The optional peer dependency of `withMessagePack()`. */
const MESSAGE_PACK = { name: '@msgpack/msgpack', range: '^3.1.0' };

/**
 * `ng add @creative-autogpt/realtime`: adds `provideRealtime()` with the features chosen to the providers
 * of an application, standalone or with an NgModule; where there is one already, nothing.
 */
export function ngAdd({ project, url, features }: NgAddOptions): Rule {
  const chosen = typeof features === 'string' ? namesIn(features) : features;
  return async (tree, { logger }) => {
    const known = await fileThatProvides(tree, project);
    if (known !== null) {
      logger.info(`${known} has provideRealtime() already: add further features to it there.`);
      return noop();
    }
    logger.info(`Adding provideRealtime() with these features: ${chosen.join(', ') || 'none'}.`);
    return add(project, url, chosen);
  };
}

function add(project: string, url: string, features: readonly FeatureName[]): Rule {
  return chain([
    addRootProvider(project, ({ code, external }) => {
      const calls = features.map((feature) => {
        const [name, entryPoint] = FEATURES[feature];
        return `${external(name, `${PACKAGE}${entryPoint}`)}()`;
      });
      const args = [`{ url: ${quoted(url)} }`, ...calls].join(', ');
      return code`${external('provideRealtime', PACKAGE)}(${args})`;
    }),
    features.includes('message-pack')
      ? addDependency(MESSAGE_PACK.name, MESSAGE_PACK.range, { existing: ExistingBehavior.Skip })
      : noop(),
  ]);
}

/** @throws SchematicsException for a name that is no feature */
function namesIn(text: string): readonly FeatureName[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  return [...new Set(names)].map((name) => {
    if (!isFeature(name)) {
      throw new SchematicsException(
        `There is no feature "${name}": give some of ${Object.keys(FEATURES).join(',')}.`,
      );
    }
    return name;
  });
}

function isFeature(name: string): name is FeatureName {
  return Object.hasOwn(FEATURES, name);
}

/** The source file of the application that provides the client; null when none does. */
async function fileThatProvides(tree: Tree, project: string): Promise<string | null> {
  const definition = (await readWorkspace(tree)).projects.get(project);
  const directory = definition && tree.getDir(definition.sourceRoot ?? `${definition.root}/src`);
  return directory ? fileIn(directory) : null;
}

function fileIn(directory: DirEntry): string | null {
  for (const name of directory.subfiles) {
    const file = directory.file(name);
    if (file && /(?<!\.spec)\.ts$/.test(name) && /\bprovideRealtime\(/.test(file.content.toString())) {
      return file.path;
    }
  }
  for (const name of directory.subdirs) {
    const found = fileIn(directory.dir(name));
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
