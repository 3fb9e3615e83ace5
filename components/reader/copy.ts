const SHOWN_MS = 2_000;

type CopyWords = { copy: string; copied: string; language: string };

/** A button on every block of code. */
export function addCopyButtons(words: CopyWords, signal: AbortSignal): void {
  if (!navigator.clipboard) return;
  for (const block of document.querySelectorAll('.prose .code')) {
    const pre = block.querySelector('pre');
    if (!pre) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.lang = words.language;
    button.textContent = words.copy;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => copy(pre.textContent, button, words), { signal });
    signal.addEventListener('abort', () => button.remove());
    block.append(button);
  }
}

async function copy(text: string, button: HTMLElement, words: CopyWords): Promise<void> {
  await navigator.clipboard.writeText(text.replace(/\n$/, ''));
  button.textContent = words.copied;
  setTimeout(() => {
    button.textContent = words.copy;
  }, SHOWN_MS);
}
