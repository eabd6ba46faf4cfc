/**
 * Ends the process with one clear line when Node is older than this project needs. Imported first by every
 * script, so it must not use anything newer than ES modules itself.
 */
const NEEDED_MAJOR = 20;
const NEEDED_MINOR = 19;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED_MAJOR || (major === NEEDED_MAJOR && minor < NEEDED_MINOR)) {
  console.error(
    `Creative AutoGPT needs Node ${NEEDED_MAJOR}.${NEEDED_MINOR} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
  process.exit(1);
}
