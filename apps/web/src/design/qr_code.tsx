import { lazy, Suspense, useEffect, useState } from "react";
import { classesOf } from "./class_names";
import { designText } from "./design_text";
import styles from "./qr_code.module.css";
import { octetsOfText } from "./qr_octets";
import { Spinner } from "./spinner";
import { useText } from "./text";

const css = classesOf(styles);
const LazyScanner = lazy(() => import("./qr_scanner").then((module) => ({ default: module.CameraScanner })));

/** What a code holds: text, or octets as `textOfOctets` writes them. */
export type QrForm = "text" | "octets";

export interface QrCodeProps {
  readonly content: string;
  readonly form?: QrForm;
  /** What the code is for: its name for screen readers. */
  readonly label: string;
}

interface Drawing {
  readonly size: number;
  readonly path: string;
}

/** One square per dark module, rows joined into runs so that the path stays short. */
export function drawModules(rows: readonly (readonly boolean[])[]): Drawing {
  let path = "";
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      path += `M${start} ${y}h${x - start + 1}v1H${start}z`;
    }
  });
  return { size: rows.length, path };
}

/** A QR code, dark on light in both themes, because many cameras read no other. */
export function QrCode({ content, form = "text", label }: QrCodeProps) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void import("qr").then(({ encodeQR }) => {
      const octets = form === "octets" ? ({ encoding: "byte", textEncoder: octetsOfText } as const) : {};
      if (isCurrent) setDrawing(drawModules(encodeQR(content, "raw", { ecc: "medium", border: 2, ...octets })));
    });
    return () => {
      isCurrent = false;
    };
  }, [content, form]);
  return (
    <div className={css("code")} role="img" aria-label={label}>
      {drawing && (
        <svg viewBox={`0 0 ${drawing.size} ${drawing.size}`} shapeRendering="crispEdges" aria-hidden="true">
          <path d={drawing.path} fill="currentColor" />
        </svg>
      )}
    </div>
  );
}

export type CameraState = "waiting" | "running" | "denied" | "missing" | "failed";

export interface QrScannerProps {
  readonly form?: QrForm;
  /** What is said instead of the usual, such as another way than the camera. */
  readonly words?: Readonly<Partial<Record<CameraState, string>>>;
  /** Nothing is told meanwhile; what is in sight afterwards is. */
  readonly isPaused?: boolean;
  /** Called once for every content that is read, the same one not twice in a row. */
  readonly onResult: (content: string) => void;
}

/** The camera's picture, read for QR codes. It asks for the camera when it appears, and lets go of it when it goes. */
export function QrScanner(props: QrScannerProps) {
  const t = useText(designText);
  return (
    <Suspense fallback={<Spinner label={t.loading} />}>
      <LazyScanner {...props} />
    </Suspense>
  );
}
