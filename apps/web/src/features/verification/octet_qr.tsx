import { useEffect, useEffectEvent, useRef, useState } from "react";
import { classesOf } from "../../design/class_names";
import { drawModules } from "../../design/qr_code";
import { useText } from "../../design/text";
import styles from "./verification.module.css";
import { verificationText } from "./verification_text";

// A safety code holds octets, not text: drawn and read here so that each octet stays what it is, whereas a code of text
// goes through UTF-8.

const css = classesOf(styles);

/** Pictures are read this often; more only warms the device. */
const readEveryMs = 120;

function textOf(octets: Uint8Array): string {
  return String.fromCharCode(...octets);
}

function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A QR code of octets, dark on light in both themes. */
export function OctetQrCode({ octets, label }: { readonly octets: Uint8Array; readonly label: string }) {
  const [drawing, setDrawing] = useState<ReturnType<typeof drawModules> | null>(null);
  const content = textOf(octets);
  useEffect(() => {
    let isCurrent = true;
    void import("qr").then(({ encodeQR }) => {
      const options = { ecc: "medium", border: 2, encoding: "byte", textEncoder: octetsOf } as const;
      if (isCurrent) setDrawing(drawModules(encodeQR(content, "raw", options)));
    });
    return () => {
      isCurrent = false;
    };
  }, [content]);
  return (
    <div className={css("qr")} role="img" aria-label={label}>
      {drawing && (
        <svg viewBox={`0 0 ${drawing.size} ${drawing.size}`} shapeRendering="crispEdges" aria-hidden="true">
          <path d={drawing.path} fill="currentColor" />
        </svg>
      )}
    </div>
  );
}

type CameraState = "waiting" | "running" | "denied" | "missing" | "failed";

function explain(error: unknown): CameraState {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "failed";
}

async function openCamera(): Promise<MediaStream> {
  // Absent where the page was not delivered over a secure connection.
  if (!("mediaDevices" in navigator)) throw new DOMException("no camera", "NotFoundError");
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
}

/** Reads the camera's pictures until the returned is called. */
async function readCodes(player: HTMLVideoElement, stream: MediaStream, onOctets: (octets: Uint8Array) => void) {
  const { frameLoop, QRCamera, QRCanvas } = await import("qr/dom.js");
  const camera = new QRCamera(player, stream);
  const canvas = new QRCanvas({}, { cropToSquare: true, textDecoder: textOf });
  let readAt = 0;
  let isReading = false;
  const cancel = frameLoop((time) => {
    if (isReading || time - readAt < readEveryMs) return;
    readAt = time;
    isReading = true;
    void camera
      .readFrame(canvas)
      .then((result) => typeof result === "string" && onOctets(octetsOf(result)))
      .catch(() => undefined)
      .finally(() => {
        isReading = false;
      });
  }, player);
  return () => {
    cancel();
    camera.stop();
  };
}

export interface OctetScannerProps {
  /** Called once for every code that is read, the same one not twice in a row. */
  readonly onOctets: (octets: Uint8Array) => void;
}

/** The camera's picture, read for codes of octets. It asks for the camera when it appears and lets go when it goes. */
export function OctetScanner({ onOctets }: OctetScannerProps) {
  const t = useText(verificationText);
  const video = useRef<HTMLVideoElement>(null);
  const last = useRef("");
  const [state, setState] = useState<CameraState>("waiting");
  const tell = useEffectEvent((octets: Uint8Array) => {
    const content = textOf(octets);
    if (content === last.current) return;
    last.current = content;
    onOctets(octets);
  });
  useEffect(() => {
    const player = video.current;
    if (player === null) return;
    let isOver = false;
    const endings: (() => void)[] = [];
    const open = async () => {
      const stream = await openCamera();
      endings.push(() => {
        for (const track of stream.getTracks()) track.stop();
      });
      const end = isOver ? null : await readCodes(player, stream, (octets) => tell(octets));
      if (end !== null) endings.push(end);
      if (isOver) for (const ending of endings) ending();
      else setState("running");
    };
    open().catch((error: unknown) => !isOver && setState(explain(error)));
    return () => {
      isOver = true;
      for (const ending of endings) ending();
    };
  }, []);
  return (
    <div className={css("scanner")}>
      <video ref={video} className={css("video")} aria-label={t.camera.picture} muted playsInline />
      {state === "running" && <div className={css("aim")} />}
      <p role="status" className={css("camera_words", state !== "running" && "centered")}>
        {t.camera[state]}
      </p>
    </div>
  );
}
