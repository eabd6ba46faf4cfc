import { chain, noop, type Rule } from '@angular-devkit/schematics';
import { addDependency, addRootProvider, ExistingBehavior } from '@schematics/angular/utility';
import { FEATURES, type NgAddOptions } from './ng-add-options';

const PACKAGE = '@creative-autogpt/realtime';

/** The optional peer dependency of `withMessagePack()`. */
const MESSAGE_PACK = { name: '@msgpack/msgpack', range: '^3.1.0' };

/**
 * `ng add @creative-autogpt/realtime`: adds `provideRealtime()` with the features chosen to the providers of an
 * application, standalone or with an NgModule.
 */
export function ngAdd({ project, url, features }: NgAddOptions): Rule {
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

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
