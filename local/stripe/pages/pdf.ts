type PdfLine = { text: string; size: number };

/** One A4 page of text lines in Helvetica, the smallest PDF that readers accept. */
export function writePdf(lines: PdfLine[]): Uint8Array<ArrayBuffer> {
  let y = 800;
  const shown = lines.map(({ text, size }) => {
    y -= size * 1.8;
    return `BT /F1 ${size} Tf 56 ${y.toFixed(1)} Td (${escapeText(text)}) Tj ET`;
  });
  const stream = shown.join("\n");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Uint8Array.from(file + table + trailer, (letter) => letter.charCodeAt(0));
}

/** The font's encoding has one byte per letter: what is not Latin becomes a question mark. */
function escapeText(text: string): string {
  const latin = [...text].map((letter) => (letter.charCodeAt(0) < 256 ? letter : "?")).join("");
  return latin.replace(/[\\()]/g, "\\$&");
}
