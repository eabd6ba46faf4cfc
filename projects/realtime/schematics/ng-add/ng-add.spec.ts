import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SchematicTestRunner, type UnitTestTree } from '@angular-devkit/schematics/testing';
import type { NgAddOptions } from './ng-add-options';

/** The schematic as it is published. */
const COLLECTION = join(__dirname, '../../../../dist/realtime/schematics/collection.json');
const CONFIG = '/projects/shop/src/app/app.config.ts';
const MODULE = '/projects/shop/src/app/app-module.ts';

describe('ng add @creative-autogpt/realtime', () => {
  const runner = new SchematicTestRunner('@creative-autogpt/realtime', COLLECTION);

  it('provides the client with what most applications want', async () => {
    const tree = await add(await workspace(), {});

    expect(unspaced(tree.readContent(CONFIG))).toContain(
      "provideRealtime({url:'ws://localhost:8000/ws/ws'},withRetry(),withHeartbeat(),withPageLifecycle())",
    );
  });

  it('keeps the providers that are there', async () => {
    const before = await workspace();
    const providers = /providers:\[(.*)\]/.exec(unspaced(before.readContent(CONFIG)))?.[1] ?? '';

    const tree = await add(before, {});

    expect(providers).not.toBe('');
    expect(unspaced(tree.readContent(CONFIG))).toContain(providers);
  });

  it('imports each function from its entry point', async () => {
    const tree = await add(await workspace(), { features: ['outbox', 'message-pack'] });

    const config = tree.readContent(CONFIG);
    expect(config).toMatch(/import \{[^}]*withOutbox[^}]*\} from '@creative-autogpt\/realtime'/);
    expect(config).toMatch(/import \{ withMessagePack \} from '@creative-autogpt\/realtime\/msgpack'/);
  });

  it('connects to the URL given', async () => {
    const tree = await add(await workspace(), { url: "wss://api.example.com/it's", features: [] });

    expect(unspaced(tree.readContent(CONFIG))).toContain(
      String.raw`provideRealtime({url:'wss://api.example.com/it\'s'})`,
    );
  });

  it('adds MessagePack for those who speak it, and for nobody else', async () => {
    const spoken = await add(await workspace(), { features: ['message-pack'] });
    const unspoken = await add(await workspace(), { features: ['retry'] });

    expect(messagePackIn(spoken.readContent('/package.json'))).toBeDefined();
    expect(messagePackIn(unspoken.readContent('/package.json'))).toBeUndefined();
  });

  it('asks for the MessagePack that the library is made for', async () => {
    const library = readFileSync(join(COLLECTION, '../../package.json'), 'utf8');

    const tree = await add(await workspace(), { features: ['message-pack'] });

    expect(messagePackIn(tree.readContent('/package.json'))).toBe(messagePackIn(library));
  });

  for (const features of ['retry,outbox', 'retry outbox', ' retry, outbox,retry ']) {
    it(`takes the features "${features}" as one text, as ng add hands them on`, async () => {
      const tree = await add(await workspace(), { features });

      expect(unspaced(tree.readContent(CONFIG))).toContain(
        "provideRealtime({url:'ws://localhost:8000/ws/ws'},withRetry(),withOutbox())",
      );
    });
  }

  it('provides the client once, however often it is run', async () => {
    const once = await add(await workspace(), {});
    const before = once.readContent(CONFIG);

    const twice = await add(once, { url: 'wss://api.example.com', features: ['outbox', 'message-pack'] });

    expect(twice.readContent(CONFIG)).toBe(before);
    expect(messagePackIn(twice.readContent('/package.json'))).toBeUndefined();
  });

  it('leaves an application alone that provides the client elsewhere', async () => {
    const before = await workspace();
    before.create(
      '/projects/shop/src/app/live/live.ts',
      'export const live = () => provideRealtime({ url });',
    );

    const tree = await add(before, {});

    expect(tree.readContent(CONFIG)).not.toContain('provideRealtime');
  });

  it('is not kept from it by a spec', async () => {
    const before = await workspace();
    before.create('/projects/shop/src/app/live.spec.ts', 'provideRealtime(');

    const tree = await add(before, {});

    expect(tree.readContent(CONFIG)).toContain('provideRealtime');
  });

  it('provides the client in an application with an NgModule', async () => {
    const tree = await add(await workspace({ standalone: false }), {});

    expect(unspaced(tree.readContent(MODULE))).toContain("provideRealtime({url:'ws://localhost:8000/ws/ws'}");
  });

  it('refuses what is no WebSocket URL', async () => {
    await expectAsync(add(await workspace(), { url: 'https://api.example.com' })).toBeRejected();
  });

  it('refuses a feature that there is not', async () => {
    const options = { project: 'shop', features: ['telepathy'] };

    await expectAsync(runner.runSchematic('ng-add', options, await workspace())).toBeRejected();
  });

  it('names the feature that there is not, where they come as one text', async () => {
    await expectAsync(add(await workspace(), { features: 'retry,telepathy' })).toBeRejectedWithError(
      /"telepathy": give some of retry,/,
    );
  });

  it('refuses an application that there is not', async () => {
    await expectAsync(add(await workspace(), { project: 'bakery' })).toBeRejected();
  });

  function add(tree: UnitTestTree, options: Partial<NgAddOptions>): Promise<UnitTestTree> {
    return runner.runSchematic('ng-add', { project: 'shop', ...options }, tree);
  }

  async function workspace(options: { standalone?: boolean } = {}): Promise<UnitTestTree> {
    const empty = await runner.runExternalSchematic('@schematics/angular', 'workspace', {
      name: 'workspace',
      version: '21.0.0',
      newProjectRoot: 'projects',
    });
    const application = { name: 'shop', routing: false, style: 'css', skipInstall: true, ...options };
    return runner.runExternalSchematic('@schematics/angular', 'application', application, empty);
  }
});

function unspaced(text: string): string {
  return text.replace(/\s+/g, '');
}

/** The range of MessagePack that a package.json asks for. */
function messagePackIn(manifest: string): string | undefined {
  return /"@msgpack\/msgpack": "(.*)"/.exec(manifest)?.[1];
}
