/** Puts a text on the clipboard and shows for a moment that it did. */
export function copier() {
  let copied = $state(false);
  return {
    get copied() {
      return copied;
    },
    async copy(text: string) {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // A web view may refuse the clipboard; the text stands there and can be selected.
        return;
      }
      copied = true;
      setTimeout(() => (copied = false), 2_000);
    },
  };
}
