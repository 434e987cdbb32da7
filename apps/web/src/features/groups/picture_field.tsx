import { useEffect, useRef, useState } from "react";
import { Avatar } from "../../design/avatar";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import { groupsText } from "./groups_text";
import { readPicture } from "./picture";
import { pictureAddress } from "./picture_address";
import styles from "./picture_field.module.css";

const css = classesOf(styles);

export interface PictureFieldProps {
  /** In base64; empty for none. */
  readonly picture: string;
  /** What the group is called: its letters stand where no picture is. */
  readonly name: string;
  readonly onChange: (picture: string) => void;
}

/** The address of a picture in base64, let go of when it changes. */
export function usePictureAddress(base64: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = pictureAddress(base64);
    setAddress(made);
    return () => {
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [base64]);
  return address;
}

/** Shows a group's picture and lets another be chosen. It is made small on this device. */
export function PictureField({ picture, name, onChange }: PictureFieldProps) {
  const t = useText(groupsText);
  const input = useRef<HTMLInputElement>(null);
  const [isReading, setReading] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const address = usePictureAddress(picture);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setReading(true);
    const read = await readPicture(file);
    setReading(false);
    setFailed(read === undefined);
    if (read !== undefined) onChange(read);
  };
  return (
    <div className={css("field")}>
      <Avatar name={name} picture={address} size={72} shape="group" icon={name.trim() === "" ? "camera" : undefined} />
      <div className={css("words")}>
        <div className={css("buttons")}>
          <Button size="s" icon="camera" isPending={isReading} onPress={() => input.current?.click()}>
            {picture === "" ? t.choosePicture : t.changePicture}
          </Button>
          {picture !== "" && (
            <Button size="s" variant="quiet" onPress={() => onChange("")}>
              {t.removePicture}
            </Button>
          )}
        </div>
        <p role="status" className={css("problem")}>
          {hasFailed ? t.pictureFailed : ""}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
