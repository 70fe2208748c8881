const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe in HTML and SVG, within elements and within quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character]);

/** JSON that is safe within a `script` element: no `</script>` and no `<!--` can occur in it. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

export interface TableColumn {
  readonly heading: string;
  /** Numbers stand at the right, so that their digits line up. */
  readonly numeric?: boolean;
}

/** A table; its cells are texts, not markup. */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string {
  const kind = (index: number) => (columns[index].numeric ? ' class="number"' : '');
  const head = columns
    .map(({ heading }, i) => `<th scope="col"${kind(i)}>${escapeHtml(heading)}</th>`)
    .join('');
  const body = rows.map((row) => {
    const cells = row.map((cell, i) =>
      i === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td${kind(i)}>${escapeHtml(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return (
    `<div class="scroll"><table><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
  );
}
