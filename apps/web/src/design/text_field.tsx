import { type ReactNode, type Ref, useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
} from "react-aria-components/SearchField";
import { Text } from "react-aria-components/Text";
import { TextArea as AriaTextArea } from "react-aria-components/TextArea";
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from "react-aria-components/TextField";
import { IconButton } from "./button";
import { classesOf, joinClasses } from "./class_names";
import { designText } from "./design_text";
import styles from "./field.module.css";
import { Icon } from "./icon";
import { useText } from "./text";

const css = classesOf(styles);

interface FieldExtras {
  readonly label: string;
  /** The label is read out and not shown, where something else says it to the eye. */
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  /** Given: the field is marked as wrong and this says why. */
  readonly errorMessage?: ReactNode;
  readonly placeholder?: string;
  readonly className?: string | undefined;
}

export interface TextFieldProps extends FieldExtras, Omit<AriaTextFieldProps, "children" | "className" | "isInvalid"> {
  readonly inputRef?: Ref<HTMLInputElement>;
}

function FieldNotes({ description, errorMessage }: Pick<FieldExtras, "description" | "errorMessage">) {
  return (
    <>
      {description && !errorMessage && (
        <Text slot="description" className={css("description")}>
          {description}
        </Text>
      )}
      <FieldError className={css("error")}>
        {({ validationErrors }) => (
          <>
            <Icon name="error" size={16} />
            <span>{errorMessage || validationErrors.join(" ")}</span>
          </>
        )}
      </FieldError>
    </>
  );
}

interface FrameProps extends TextFieldProps {
  readonly inputClass?: string | undefined;
  /** What is typed is taken as it is: no capitals, no corrections. */
  readonly isVerbatim?: boolean;
  readonly end?: ReactNode;
}

function FramedField(props: FrameProps) {
  const {
    label,
    isLabelHidden,
    description,
    errorMessage,
    placeholder,
    className,
    inputRef,
    inputClass,
    isVerbatim,
    end,
    ...rest
  } = props;
  const verbatim = { autoCapitalize: "none", autoCorrect: "off", spellCheck: false } as const;
  return (
    <AriaTextField
      {...rest}
      {...(isLabelHidden ? { "aria-label": label } : {})}
      isInvalid={Boolean(errorMessage)}
      className={joinClasses(css("field"), className)}
    >
      {!isLabelHidden && <Label className={css("label")}>{label}</Label>}
      <div className={css("frame")}>
        <Input
          ref={inputRef ?? null}
          className={joinClasses(css("input", end !== undefined && "with_end"), inputClass)}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(isVerbatim ? verbatim : {})}
        />
        {end !== undefined && <span className={css("end")}>{end}</span>}
      </div>
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}

/** One line of text with its label, a description and what is wrong with it. `isVerbatim` for names and codes. */
export function TextField(props: TextFieldProps & Pick<FrameProps, "isVerbatim">) {
  return <FramedField {...props} />;
}

/** A password, hidden until its eye is pressed. Give `autoComplete` so that password managers understand it. */
export function PasswordField(props: Omit<TextFieldProps, "type">) {
  const [isShown, setShown] = useState(false);
  const t = useText(designText);
  const eye = (
    <IconButton
      size="s"
      icon={isShown ? "eye_off" : "eye"}
      label={isShown ? t.hidePassword : t.showPassword}
      aria-pressed={isShown}
      onPress={() => setShown(!isShown)}
    />
  );
  return <FramedField {...props} type={isShown ? "text" : "password"} isVerbatim end={eye} />;
}

/** A code that is typed over from elsewhere: wide letters, nothing corrected. */
export function CodeField(props: TextFieldProps) {
  return <FramedField autoComplete="off" {...props} isVerbatim inputClass={css("code")} />;
}

export interface TextAreaProps
  extends FieldExtras,
    Omit<AriaTextFieldProps, "children" | "className" | "isInvalid" | "type"> {
  readonly rows?: number;
  readonly textAreaRef?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const {
    label,
    isLabelHidden,
    description,
    errorMessage,
    placeholder,
    className,
    rows = 3,
    textAreaRef,
    ...rest
  } = props;
  return (
    <AriaTextField
      {...rest}
      {...(isLabelHidden ? { "aria-label": label } : {})}
      isInvalid={Boolean(errorMessage)}
      className={joinClasses(css("field"), className)}
    >
      {!isLabelHidden && <Label className={css("label")}>{label}</Label>}
      <AriaTextArea
        ref={textAreaRef ?? null}
        rows={rows}
        className={css("input", "area")}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}

export interface SearchFieldProps extends Omit<AriaSearchFieldProps, "children" | "className"> {
  /** Read out; the placeholder shows it. */
  readonly label: string;
  readonly placeholder?: string;
  readonly className?: string | undefined;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A field to search with. Escape and its cross empty it. */
export function SearchField({ label, placeholder, className, inputRef, ...rest }: SearchFieldProps) {
  const t = useText(designText);
  return (
    <AriaSearchField {...rest} aria-label={label} className={joinClasses(css("field", "search"), className)}>
      <div className={css("frame")}>
        <Icon name="search" size={18} className={css("search_icon")} />
        <Input ref={inputRef ?? null} className={css("input", "with_end")} placeholder={placeholder ?? label} />
        <AriaButton className={css("clear")} aria-label={t.clear}>
          <Icon name="close" size={16} />
        </AriaButton>
      </div>
    </AriaSearchField>
  );
}
