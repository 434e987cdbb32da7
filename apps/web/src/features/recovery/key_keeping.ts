/** Ways to keep a recovery key outside of this device: a text file, or a printed sheet. */

export interface KeyToKeep {
  readonly words: readonly string[];
  readonly code: string;
  readonly head: string;
  readonly foot: string;
}

/** The sheet as text: twelve lines of two words, the first column before the second. */
export function keySheet({ words, code, head, foot }: KeyToKeep): string {
  const half = Math.ceil(words.length / 2);
  const cell = (index: number) => `${String(index + 1).padStart(4)}  ${words[index] ?? ""}`.padEnd(24);
  const lines = Array.from({ length: half }, (_, line) => (cell(line) + cell(line + half)).trimEnd());
  return `${head}\n\n${lines.join("\n")}\n\n${code}\n\n${foot}\n`;
}

/** Hands octets to the browser as a file to save. */
export function saveFile(content: BlobPart, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Not at once: some browsers read the address after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function downloadText(key: KeyToKeep, name: string): void {
  saveFile(keySheet(key), name, "text/plain;charset=utf-8");
}

/**
 * Prints the sheet with its code, and nothing else of the page: a sheet that only print shows is put beside the app and
 * taken away again.
 */
export async function printKey(key: KeyToKeep): Promise<void> {
  const [{ encodeQR }, { drawModules }] = await Promise.all([import("qr"), import("../../design/qr_code")]);
  await printSheet(keySheet(key), [drawModules(encodeQR(key.code, "raw", { ecc: "medium", border: 2 }))]);
}

interface Drawing {
  readonly size: number;
  readonly path: string;
}

function svgOf({ size, path }: Drawing): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/** Prints a text and codes, each code with its number if there are several. */
export async function printSheet(text: string, codes: readonly Drawing[]): Promise<void> {
  const sheet = document.createElement("div");
  sheet.className = "print_sheet";
  const words = document.createElement("pre");
  words.textContent = text;
  sheet.append(words);
  codes.forEach((drawing, index) => {
    const figure = document.createElement("figure");
    figure.append(svgOf(drawing));
    if (codes.length > 1) {
      const caption = document.createElement("figcaption");
      caption.textContent = `${index + 1} / ${codes.length}`;
      figure.append(caption);
    }
    sheet.append(figure);
  });
  document.body.append(sheet);
  document.documentElement.setAttribute("data-printing", "sheet");
  try {
    window.print();
  } finally {
    document.documentElement.removeAttribute("data-printing");
    sheet.remove();
  }
}
