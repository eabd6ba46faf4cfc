import { readdirSync } from 'node:fs';
import ngrx from '@ngrx/eslint-plugin/v9';
import angular from 'angular-eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import rxjs from 'eslint-plugin-rxjs-x';
import typescript from 'typescript-eslint';

const ROOT = import.meta.dirname;

/** Parts of the repository that the target folders may not import from. */
const PARTS = [
  { from: './server', target: ['./src', './projects', './protocol'] },
  { from: './src', target: ['./server', './projects', './protocol', './e2e'] },
  { from: './projects', target: ['./server', './protocol'] },
  { from: './protocol', target: ['./projects'] },
  {
    from: './content',
    target: ['./src', './projects', './protocol', './e2e', './faults', './attacks', './bench'],
  },
  { from: './e2e', target: ['./src', './server', './projects', './protocol'] },
  { from: './faults', target: ['./src', './server', './projects', './protocol', './e2e'] },
  { from: './attacks', target: ['./src', './server', './projects', './protocol', './e2e', './faults'] },
  { from: './scripts', target: ['./src', './server', './projects', './protocol'] },
  { from: './samples', target: ['./src', './server', './projects', './protocol'] },
].flatMap(({ from, target }) => target.map((folder) => ({ target: folder, from })));

/**
 * The folders of the application, from top to bottom: each may import those that come later, so that there is
 * no circle. The other folders of a layer stand above the named ones, and may not import each other.
 */
const APPLICATION = [
  ...folders('pages', ['tasks', 'sessions']),
  ...folders('data', ['progress', 'sessions', 'tasks', 'realtime']),
  ...folders('ui', []),
  ...folders('platform', ['connection', 'sign-in', 'i18n', 'theme', 'rest', 'config']),
];

/** @returns the groups of folders of one layer, from top to bottom */
function folders(layer, shared) {
  const others = readdirSync(`${ROOT}/src/app/${layer}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
    .map(({ name }) => name);
  return [others, ...shared.map((name) => [name])].map((names) =>
    names.map((name) => `./src/app/${layer}/${name}`),
  );
}

/** @param groups folders from top to bottom. @returns the imports upwards and sideways, which are refused */
function orderOf(groups) {
  return groups
    .flatMap((group, level) =>
      group.map((target) => ({
        target,
        from: [...groups.slice(0, level).flat(), ...group.filter((folder) => folder !== target)],
      })),
    )
    .filter(({ from }) => from.length > 0);
}

/** What the order of the application's folders refuses. */
const APPLICATION_ORDER = [
  ...orderOf(APPLICATION),
  { target: ['./src/app/ui', './src/app/platform'], from: ['./src/app/pages', './src/app/data'] },
  { target: './src/app/data', from: ['./src/app/pages', './src/app/ui'] },
  { target: './src/app/platform', from: './src/app/ui' },
];

/**
 * The rooms of the server, from top to bottom: each may import those that come later, and not its neighbours.
 * The rules (`domain`) and the connections (`realtime`) know no other room.
 */
const SERVER = [
  ['socket', 'rest'],
  ['engine', 'backends'],
  ['evaluation'],
  ['authors'],
  ['config'],
  ['http'],
  ['ports'],
  ['domain', 'realtime'],
].map((rooms) => rooms.map((room) => `./server/${room}`));

/** What the order of the server's rooms refuses. */
const SERVER_ORDER = [
  ...orderOf(SERVER),
  { target: './server/backends', from: ['./server/authors', './server/evaluation'] },
  {
    target: SERVER.flat(),
    from: ['./server/testing', './server/app.ts', './server/main.ts', './server/check.ts'],
  },
  { target: './server/realtime', from: './protocol', except: ['./connection.ts'] },
];

/** The library is reached through its entry points alone: the primary one, and those named here. */
const DEEP_LIBRARY_IMPORT = {
  group: [
    '@creative-autogpt/realtime/*',
    '!@creative-autogpt/realtime/inspector',
    '!@creative-autogpt/realtime/msgpack',
    '!@creative-autogpt/realtime/signals',
    '!@creative-autogpt/realtime/testing',
    '**/projects/realtime/**',
  ],
  message:
    'Import from an entry point of @creative-autogpt/realtime: only what its public API exports is stable.',
};

const NO_MANUAL_TEARDOWN = [
  {
    selector: 'PropertyDefinition[key.name=/^destroy(ed)?\\$?$/] > NewExpression[callee.name="Subject"]',
    message: 'Use takeUntilDestroyed(), toSignal() or rxMethod() instead of a destroy subject.',
  },
  {
    selector:
      'CallExpression[callee.property.name="unsubscribe"][callee.object.property.name=/subscription/i]',
    message: 'Use takeUntilDestroyed(), toSignal() or rxMethod() instead of unsubscribing by hand.',
  },
];

const NO_STATE_IN_EFFECTS = {
  selector:
    'CallExpression[callee.name="effect"] CallExpression[callee.property.name=/^(set|update)$/][callee.object.type="MemberExpression"]',
  message: 'An effect that writes state hides where the state comes from: use computed() or linkedSignal().',
};

const NO_EXPOSED_WRITABLE_SIGNAL = {
  selector:
    'PropertyDefinition:not([accessibility="private"]):not([accessibility="protected"])[key.type!="PrivateIdentifier"] > CallExpression[callee.name="signal"]',
  message: 'Expose signal.asReadonly() and keep the writable signal private.',
};

const NO_CATCH_THAT_ENDS_THE_METHOD = {
  selector:
    'CallExpression[callee.name="rxMethod"] > CallExpression[callee.name="pipe"] > CallExpression[callee.name="catchError"]',
  message: 'Catch errors on the inner stream: on the outer one the first error ends the method for good.',
};

/** Compiled templates must reach Angular's queries, and `#` would keep them out. */
const ANGULAR_QUERY = '/^(viewChild|viewChildren|contentChild|contentChildren)$/';

const NO_PRIVATE_KEYWORD = {
  selector: [
    'MethodDefinition[accessibility="private"][kind!="constructor"]',
    'TSAbstractMethodDefinition[accessibility="private"]',
    'AccessorProperty[accessibility="private"]',
    `PropertyDefinition[accessibility="private"]:not([value.callee.name=${ANGULAR_QUERY}], [value.callee.object.name=${ANGULAR_QUERY}])`,
  ].join(', '),
  message: 'Name a private member with #: the keyword is for constructor parameters and Angular queries.',
};

const NO_TIMED_WAIT = [
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval)$/]',
    message: 'Wait for a condition or an event, or use virtual time.',
  },
  {
    selector: 'CallExpression[callee.property.name="waitForTimeout"]',
    message: 'Wait for a condition or an event.',
  },
];

const NO_FOCUSED_TEST = [
  {
    selector: 'CallExpression[callee.name=/^(fdescribe|fit|xdescribe|xit)$/]',
    message: 'Every test runs, always.',
  },
  {
    selector:
      'CallExpression[callee.object.name=/^(test|describe|it)$/][callee.property.name=/^(only|skip|fixme)$/]',
    message: 'Every test runs, always.',
  },
];

export default defineConfig(
  globalIgnores(['dist/', './data/', '.angular/', 'test-results/', 'playwright-report/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    name: 'source',
    files: ['**/*.ts', 'scripts/**/*.mjs'],
    extends: [
      typescript.configs.strictTypeChecked,
      typescript.configs.stylisticTypeChecked,
      rxjs.configs.strict,
    ],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: ROOT } },
    settings: {
      'import-x/extensions': ['.ts', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.mjs', '.js'],
          tsconfig: { configFile: `${ROOT}/tsconfig.json` },
        }),
      ],
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: [DEEP_LIBRARY_IMPORT] }],
      'no-restricted-syntax': ['error', ...NO_MANUAL_TEARDOWN, NO_PRIVATE_KEYWORD],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': [
        'error',
        { basePath: ROOT, zones: [...PARTS, ...APPLICATION_ORDER, ...SERVER_ORDER] },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unsafe-type-assertion': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // Naming a field beside a rest is how an object without it is made.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Schemas and the types inferred from them share a name on purpose.
      '@typescript-eslint/no-redeclare': 'off',
      // `() => void 0`-style bodies say no more than `() => stream.next()`.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },

  {
    name: 'dictionaries',
    // As long as the application has texts.
    files: ['src/app/platform/i18n/{en,zh}.ts'],
    rules: { 'max-lines': 'off' },
  },

  {
    name: 'angular',
    files: ['src/**/*.ts', 'projects/**/*.ts', 'samples/**/*.ts'],
    extends: [angular.configs.tsRecommended, ngrx.configs.signalsTypeChecked],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/no-uncalled-signals': 'error',
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/prefer-output-readonly': 'error',
      '@angular-eslint/prefer-signals': 'error',
      '@angular-eslint/use-lifecycle-interface': 'error',
      'no-restricted-syntax': [
        'error',
        ...NO_MANUAL_TEARDOWN,
        NO_PRIVATE_KEYWORD,
        NO_STATE_IN_EFFECTS,
        NO_EXPOSED_WRITABLE_SIGNAL,
        NO_CATCH_THAT_ENDS_THE_METHOD,
      ],
    },
  },
  {
    name: 'a page whose handlers write plain fields, which is what it is there for',
    files: ['samples/zones/**/*.ts'],
    rules: { '@angular-eslint/prefer-on-push-component-change-detection': 'off' },
  },
  {
    name: 'templates',
    files: ['src/**/*.html', 'projects/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/button-has-type': 'error',
      '@angular-eslint/template/no-any': 'error',
      '@angular-eslint/template/no-non-null-assertion': 'error',
      '@angular-eslint/template/prefer-control-flow': 'error',
    },
  },

  {
    name: 'specs',
    files: ['**/*.spec.ts', '**/testing/**/*.ts', 'e2e/**/*.ts'],
    // The library's testing entry point is published, and so it is product code.
    ignores: ['projects/realtime/testing/!(*.spec).ts'],
    rules: {
      'no-restricted-syntax': ['error', ...NO_FOCUSED_TEST, ...NO_TIMED_WAIT, NO_PRIVATE_KEYWORD],
      // An error nobody handles is thrown globally, and fails the test.
      'rxjs-x/no-ignored-error': 'off',
      // jasmine's spies and Playwright's expectations take methods by reference.
      '@typescript-eslint/unbound-method': 'off',
      // A spec may import from layers above, to test a part together with its callers.
      'import-x/no-restricted-paths': ['error', { basePath: ROOT, zones: PARTS }],
    },
  },
  {
    name: 'file names',
    files: [
      '**/{utils,util,helpers,helper,common,misc}.{ts,mjs}',
      '**/*{.,-}{utils,helpers,common,misc}.{ts,mjs}',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'Program', message: 'Name the file after its one concept.' },
      ],
    },
  },

  {
    name: 'scripts: they talk to a person at a terminal, and run before any package is installed',
    files: ['scripts/**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'benchmarks: they print, and their bare clients take frames as they come, for the sake of the comparison',
    files: ['bench/**/*.ts'],
    rules: {
      'no-console': 'off',
      'rxjs-x/no-ignored-error': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    name: 'configuration of tools, outside of every TypeScript project',
    files: ['*.mjs', '*.cjs'],
    extends: [typescript.configs.disableTypeChecked],
    languageOptions: { parser: typescript.parser, parserOptions: { projectService: false } },
  },
);
