import { canInstallPackages, installPackages, missingPackages } from './apt.mjs';

const FONT_PACKAGES = ['fonts-noto-cjk', 'fonts-noto-color-emoji'];

/**
 * Installs the fonts that Chinese text and emoji need where that is possible. Without them the tests still
 * pass; only the screenshots show boxes.
 */
export async function ensureFonts() {
  if (!canInstallPackages()) return;
  const missing = missingPackages(FONT_PACKAGES);
  if (missing.length === 0) return;
  console.log(`Installing ${missing.join(', ')}…`);
  if (!(await installPackages(missing)))
    console.warn('The fonts could not be installed; going on without them.');
}
