import { DOCUMENT, inject } from '@angular/core';
import type { ExportedFile } from '../../../data/sessions/sessions-store';

/** Hands a file to the browser's downloads. */
export function injectSaveFile(): (file: ExportedFile) => void {
  const document = inject(DOCUMENT);
  return ({ blob, filename }) => {
    const url = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = filename;
    link.click();
    URL.revokeObjectURL(url);
  };
}
