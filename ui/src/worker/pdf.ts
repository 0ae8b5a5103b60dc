// The worker that reads PDF files.
import "./alone";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
