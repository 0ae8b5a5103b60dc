/** A small PDF with one line on each page, in base64. The font is one that a PDF may leave out. */
export function tinyPdf(pages: string[]): string {
  const ids = pages.map((_, i) => 4 + i * 2);
  const plain = (text: string) => text.replace(/[()\\]/g, "").replace(/[^\x20-\x7e]/g, "?");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${ids.map((id) => `${id} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...pages.flatMap((text, i) => {
      const lines = `BT /F1 24 Tf 72 740 Td (${plain(text)}) Tj ET`;
      return [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${ids[i]! + 1} 0 R >>`, `<< /Length ${lines.length} >>\nstream\n${lines}\nendstream`];
    }),
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return String(at).padStart(10, "0");
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((p) => `${p} 00000 n \n`).join("")}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return btoa(text);
}
