import { type ReactNode, useState } from "react";
import { Avatar } from "../avatar";
import { Badge, UnreadBadge } from "../badge";
import { Banner } from "../banner";
import { Button, IconButton } from "../button";
import { Checkbox, Radio, RadioGroup, Select, SelectItem, Slider, Switch } from "../choice";
import { classesOf } from "../class_names";
import { CopyField } from "../copy_field";
import { ConfirmDialog, Dialog } from "../dialog";
import { EmptyState } from "../empty_state";
import { Icon, type IconName } from "../icon";
import { icons } from "../icons";
import { ContextMenu, MenuButton, MenuItem, MenuSeparator } from "../menu";
import { Popover, Tooltip } from "../popover";
import { ProgressBar, Spinner } from "../progress";
import { QrCode } from "../qr_code";
import { SettingsRow, SettingsSection } from "../settings_row";
import { CodeField, PasswordField, SearchField, TextArea, TextField } from "../text_field";
import { useToast } from "../toast";
import { Mark, Wordmark } from "../wordmark";
import styles from "./gallery.module.css";

const css = classesOf(styles);
const nothing = () => undefined;

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function GallerySection({ title, children }: SectionProps) {
  return (
    <section className={css("section")} aria-label={title}>
      <h2 className={css("title")}>{title}</h2>
      {children}
    </section>
  );
}

const colours = [
  ..."surface-0 surface-1 surface-2 surface-3 surface-overlay text-1 text-2 text-3 line line-strong".split(" "),
  ..."accent accent-strong accent-text accent-soft accent-line danger danger-soft warning".split(" "),
  ..."warning-soft success success-soft avatar-0 avatar-1 avatar-2 avatar-3 avatar-4 avatar-5".split(" "),
];

function Colours() {
  return (
    <GallerySection title="Colours">
      <div className={css("swatches")}>
        {colours.map((name) => (
          <span key={name} className={css("swatch")}>
            <i style={{ background: `var(--${name})` }} />
            {name}
          </span>
        ))}
      </div>
    </GallerySection>
  );
}

function Type() {
  return (
    <GallerySection title="Type and mark">
      <div className={css("row")}>
        <Wordmark height={40} />
        <Mark size={40} label="Sotto" />
        <Mark size={20} label="Sotto" />
      </div>
      <div className={css("type")}>
        {["xxl", "xl", "l", "m", "s", "xs"].map((size) => (
          <span key={size} style={{ fontSize: `var(--font-size-${size})` }}>
            {size}: Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich
          </span>
        ))}
      </div>
    </GallerySection>
  );
}

function Buttons() {
  return (
    <GallerySection title="Buttons">
      {(["primary", "secondary", "quiet", "danger"] as const).map((variant) => (
        <div key={variant} className={css("row")}>
          <Button variant={variant}>{variant}</Button>
          <Button variant={variant} icon="send">
            With icon
          </Button>
          <Button variant={variant} size="s">
            Small
          </Button>
          <Button variant={variant} isPending>
            Pending
          </Button>
          <Button variant={variant} isDisabled>
            Disabled
          </Button>
        </div>
      ))}
      <div className={css("row")}>
        <IconButton icon="search" label="Search" shortcut="Ctrl K" />
        <IconButton icon="star" label="Star" isSelected filled />
        <IconButton icon="send" label="Send" variant="primary" />
        <IconButton icon="trash" label="Delete" variant="danger" />
        <IconButton icon="more" label="Small" size="s" />
        <IconButton icon="more" label="Disabled" isDisabled />
        <Tooltip text="Words that help">
          <Button size="s">Tooltip</Button>
        </Tooltip>
      </div>
    </GallerySection>
  );
}

function Fields() {
  const [words, setWords] = useState("");
  return (
    <GallerySection title="Fields">
      <div className={css("columns")}>
        <TextField label="Name" description="As others see it." placeholder="anna" />
        <TextField label="Name" errorMessage="Somebody else has this name already." defaultValue="anna" />
        <TextField label="Disabled" isDisabled defaultValue="anna" />
        <PasswordField label="Password" autoComplete="off" />
        <CodeField label="Code" defaultValue="4815 1623" />
        <SearchField label="Search messages" value={words} onChange={setWords} />
        <TextArea label="Description" rows={3} />
      </div>
    </GallerySection>
  );
}

function Choices() {
  const [value, setValue] = useState<"en" | "de">("en");
  const [size, setSize] = useState(40);
  return (
    <GallerySection title="Choices">
      <div className={css("columns")}>
        <div>
          <Switch defaultSelected description="Others see when you have read something.">
            Read receipts
          </Switch>
          <Switch>Off</Switch>
          <Switch isDisabled>Disabled</Switch>
        </div>
        <div>
          <Checkbox defaultSelected>I have written it down</Checkbox>
          <Checkbox isIndeterminate>Some of them</Checkbox>
          <Checkbox isDisabled>Disabled</Checkbox>
        </div>
        <RadioGroup label="Show in notifications" defaultValue="name">
          <Radio value="all">Name and text</Radio>
          <Radio value="name" description="What was written stays in the app.">
            Name
          </Radio>
          <Radio value="none">Neither</Radio>
        </RadioGroup>
        <Select label="Language" value={value} onChange={setValue}>
          <SelectItem id="en">English</SelectItem>
          <SelectItem id="de" description="German">
            Deutsch
          </SelectItem>
        </Select>
        <Slider label="Text size" value={size} minValue={0} maxValue={100} onChange={setSize} />
      </div>
    </GallerySection>
  );
}

function MenuEntries() {
  return (
    <>
      <MenuItem icon="reply" onAction={nothing} shortcut="R">
        Reply
      </MenuItem>
      <MenuItem icon="star" onAction={nothing} isChosen>
        Starred
      </MenuItem>
      <MenuItem icon="forward" onAction={nothing} isDisabled>
        Forward
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon="trash" isDanger onAction={nothing}>
        Delete
      </MenuItem>
    </>
  );
}

function Overlays() {
  const [open, setOpen] = useState<"none" | "dialog" | "confirm">("none");
  const toast = useToast();
  const close = () => setOpen("none");
  return (
    <GallerySection title="Overlays">
      <div className={css("row")}>
        <Button onPress={() => setOpen("dialog")}>Dialog</Button>
        <Button onPress={() => setOpen("confirm")}>Confirmation</Button>
        <MenuButton label="Actions">
          <MenuEntries />
        </MenuButton>
        <Popover label="Details" trigger={<Button>Popover</Button>}>
          A small panel beside its button.
        </Popover>
        <Button onPress={() => toast({ text: "Conversation archived", action: { label: "Undo", onPress: nothing } })}>
          Toast
        </Button>
        <Button onPress={() => toast({ text: "The server could not be reached.", tone: "danger" })}>Failure</Button>
      </div>
      <ContextMenu label="Actions" items={() => <MenuEntries />}>
        <Banner icon="more">Press the other mouse button here.</Banner>
      </ContextMenu>
      <Dialog
        title="Link a device"
        isOpen={open === "dialog"}
        onClose={close}
        actions={
          <Button variant="primary" onPress={close}>
            Done
          </Button>
        }
      >
        <p>Open Sotto on the new device and hold its code before this camera.</p>
      </Dialog>
      {open === "confirm" && (
        <ConfirmDialog
          title="Remove this device?"
          body="It is signed out at once, and cannot read anything that is written from now on."
          confirmLabel="Remove device"
          isDanger
          onConfirm={close}
          onCancel={close}
        />
      )}
    </GallerySection>
  );
}

function Signs() {
  return (
    <GallerySection title="People, badges, notices">
      <div className={css("row")}>
        {["anna", "ben okafor", "Çiğdem", "dmitri", "Émile", "fatima"].map((name) => (
          <Avatar key={name} name={name} size={44} presence={name === "anna" ? "online" : undefined} />
        ))}
        <Avatar name="Choir" shape="group" size={44} />
        <Avatar name="Notes" icon="note" size={44} />
        <UnreadBadge count={7} />
        <UnreadBadge count={1234} />
        <UnreadBadge count={12} isMuted />
        <UnreadBadge count={0} isMarked />
        <Badge>Member</Badge>
        <Badge tone="accent" icon="crown">
          Owner
        </Badge>
        <Badge tone="success" icon="shield_check">
          Verified
        </Badge>
        <Badge tone="warning">Unverified</Badge>
        <Badge tone="danger">Blocked</Badge>
      </div>
      {(["info", "success", "warning", "danger"] as const).map((tone) => (
        <Banner key={tone} tone={tone} title={`A notice of the kind “${tone}”`} action={<Button size="s">Act</Button>}>
          One or two sentences that say what happened and what helps.
        </Banner>
      ))}
      <EmptyState
        icon="conversations"
        title="No conversations yet"
        text="Write to somebody by name, or open an invitation."
        action={<Button variant="primary">New conversation</Button>}
      />
      <div className={css("row")}>
        <Spinner />
        <ProgressBar label="Restoring" value={62} valueLabel="310 of 500" />
        <ProgressBar label="Waiting for the other device" />
      </div>
    </GallerySection>
  );
}

function Rows() {
  return (
    <GallerySection title="Settings and codes">
      <SettingsSection title="This account" text="What others see of you.">
        <SettingsRow label="Name" description="anna" icon="person" />
        <SettingsRow label="Read receipts" control={<Switch aria-label="Read receipts" />} />
        <SettingsRow label="Devices" icon="device" leadsOn onPress={nothing} />
        <SettingsRow label="Sign out" icon="sign_out" isDanger onPress={nothing} />
      </SettingsSection>
      <CopyField label="Invitation link" value="https://chat.example.org/join#c3R1ZHkgZ3JvdXA" />
      <QrCode content="https://chat.example.org/join#c3R1ZHkgZ3JvdXA" label="Invitation as a QR code" />
    </GallerySection>
  );
}

function Icons() {
  return (
    <GallerySection title="Icons">
      <div className={css("icons")}>
        {(Object.keys(icons) as IconName[]).map((name) => (
          <figure key={name}>
            <Icon name={name} size={24} />
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
    </GallerySection>
  );
}

/** Every component in its states. */
export function ComponentGallery() {
  return (
    <div className={css("gallery")}>
      <Type />
      <Colours />
      <Buttons />
      <Fields />
      <Choices />
      <Overlays />
      <Signs />
      <Rows />
      <Icons />
    </div>
  );
}
