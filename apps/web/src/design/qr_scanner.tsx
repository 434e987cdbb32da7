import { frameLoop, QRCamera, QRCanvas } from "qr/dom.js";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { classesOf } from "./class_names";
import { designText } from "./design_text";
import type { CameraState, QrForm, QrScannerProps } from "./qr_code";
import styles from "./qr_code.module.css";
import { textOfOctets } from "./qr_octets";
import { useText } from "./text";

const css = classesOf(styles);

/** Pictures are read this often; more only warms the device. */
const readEveryMs = 120;

export function CameraScanner({ onResult, isPaused = false, form = "text", words: ownWords }: QrScannerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const last = useRef("");
  const [state, setState] = useState<CameraState>("waiting");
  const t = useText(designText);
  const tell = useEffectEvent((content: string) => {
    if (isPaused || content === last.current) return;
    last.current = content;
    onResult(content);
  });
  useEffect(() => {
    if (video.current === null) return;
    return scan(video.current, form, setState, (content) => tell(content));
  }, [form]);
  const words = {
    waiting: t.cameraWaiting,
    running: t.cameraHint,
    denied: t.cameraDenied,
    missing: t.cameraMissing,
    failed: t.cameraFailed,
    ...ownWords,
  } as const;
  return (
    <div className={css("scanner")}>
      <video ref={video} className={css("video")} aria-label={t.cameraPicture} muted playsInline />
      {state === "running" && <div className={css("frame")} />}
      <p role="status" className={css("words", state !== "running" && "centered")}>
        {words[state]}
      </p>
    </div>
  );
}

/** Opens the camera and reads its pictures until the returned function is called. */
function scan(
  player: HTMLVideoElement,
  form: QrForm,
  onState: (state: CameraState) => void,
  onText: (text: string) => void,
): () => void {
  let isOver = false;
  let end = () => {};
  void openCamera().then(
    (stream) => {
      if (isOver) return stopTracks(stream);
      end = readPictures(player, stream, form, onText);
      onState("running");
    },
    (error: unknown) => {
      if (!isOver) onState(explainCamera(error));
    },
  );
  return () => {
    isOver = true;
    end();
  };
}

async function openCamera(): Promise<MediaStream> {
  // Absent where the page was not delivered over a secure connection.
  if (!("mediaDevices" in navigator)) throw new DOMException("no camera", "NotFoundError");
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
}

function readPictures(
  player: HTMLVideoElement,
  stream: MediaStream,
  form: QrForm,
  onText: (text: string) => void,
): () => void {
  const camera = new QRCamera(player, stream);
  const canvas = new QRCanvas({}, { cropToSquare: true, ...(form === "octets" && { textDecoder: textOfOctets }) });
  let readAt = 0;
  let isReading = false;
  const cancel = frameLoop((time) => {
    if (isReading || time - readAt < readEveryMs) return;
    readAt = time;
    isReading = true;
    // Whole pictures: as small and square as the page shows them, a code of many modules could not be told apart.
    void camera
      .readFrame(canvas, true)
      .then((result) => typeof result === "string" && onText(result))
      .catch(() => undefined)
      .finally(() => {
        isReading = false;
      });
  }, player);
  return () => {
    cancel();
    camera.stop();
    stopTracks(stream);
  };
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function explainCamera(error: unknown): CameraState {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "failed";
}
