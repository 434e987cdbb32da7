import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from "react-aria-components/Checkbox";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover as AriaPopover } from "react-aria-components/Popover";
import {
  Radio as AriaRadio,
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
  type RadioProps as AriaRadioProps,
} from "react-aria-components/RadioGroup";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components/Slider";
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from "react-aria-components/Switch";
import { Text } from "react-aria-components/Text";
import styles from "./choice.module.css";
import { classesOf, joinClasses } from "./class_names";
import { designText } from "./design_text";
import field from "./field.module.css";
import { Icon } from "./icon";
import { useText } from "./text";

const css = classesOf(styles);
const fieldCss = classesOf(field);

function Words({ children, hint }: { readonly children?: ReactNode; readonly hint?: ReactNode }) {
  return (
    <span className={css("words")}>
      <span>{children}</span>
      {hint && <span className={css("hint")}>{hint}</span>}
    </span>
  );
}

export interface SwitchProps extends Omit<AriaSwitchProps, "children" | "className"> {
  readonly children?: ReactNode;
  /** What it does, below its label. */
  readonly description?: ReactNode;
  readonly className?: string | undefined;
}

/** On or off, at once. Its words stand at the left, the switch at the right. */
export function Switch({ children, description, className, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className={joinClasses(css("switch"), className)}>
      {children !== undefined && <Words hint={description}>{children}</Words>}
      <span className={css("switch_track")} />
    </AriaSwitch>
  );
}

export interface CheckboxProps extends Omit<AriaCheckboxProps, "children" | "className"> {
  readonly children?: ReactNode;
  readonly description?: ReactNode;
  readonly className?: string | undefined;
}

export function Checkbox({ children, description, className, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={joinClasses(css("checkbox"), className)}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={css("box")}>
            {(isSelected || isIndeterminate) && <Icon name={isIndeterminate ? "minus" : "check"} size={14} />}
          </span>
          {children !== undefined && <Words hint={description}>{children}</Words>}
        </>
      )}
    </AriaCheckbox>
  );
}

export interface RadioGroupProps extends Omit<AriaRadioGroupProps, "children" | "className" | "isInvalid"> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  readonly errorMessage?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** One of several that are all in view. */
export function RadioGroup(props: RadioGroupProps) {
  const { label, isLabelHidden, description, errorMessage, children, className, ...rest } = props;
  return (
    <AriaRadioGroup
      {...rest}
      {...(isLabelHidden ? { "aria-label": label } : {})}
      isInvalid={Boolean(errorMessage)}
      className={joinClasses(css("group"), className)}
    >
      {({ orientation }) => (
        <>
          {!isLabelHidden && <Label className={fieldCss("label")}>{label}</Label>}
          {description && (
            <Text slot="description" className={fieldCss("description")}>
              {description}
            </Text>
          )}
          <div className={css("group_items")} data-orientation={orientation}>
            {children}
          </div>
          <FieldError className={fieldCss("error")}>{errorMessage}</FieldError>
        </>
      )}
    </AriaRadioGroup>
  );
}

export interface RadioProps extends Omit<AriaRadioProps, "children" | "className"> {
  readonly children: ReactNode;
  readonly description?: ReactNode;
  readonly className?: string | undefined;
}

export function Radio({ children, description, className, ...rest }: RadioProps) {
  return (
    <AriaRadio {...rest} className={joinClasses(css("radio"), className)}>
      <span className={css("dot")} />
      <Words hint={description}>{children}</Words>
    </AriaRadio>
  );
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly description?: ReactNode;
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly isDisabled?: boolean;
  readonly placeholder?: string;
  readonly className?: string | undefined;
  /** `SelectItem`s whose `id` is a value. */
  readonly children: ReactNode;
}

/** One of several, in a list that opens. */
export function Select<V extends string>(props: SelectProps<V>) {
  const {
    label,
    isLabelHidden,
    description,
    value,
    onChange,
    isDisabled = false,
    placeholder,
    className,
    children,
  } = props;
  const t = useText(designText);
  return (
    <AriaSelect
      value={value}
      onChange={(key) => key !== null && onChange(String(key) as V)}
      isDisabled={isDisabled}
      placeholder={placeholder ?? t.choose}
      className={joinClasses(css("select"), className)}
      {...(isLabelHidden ? { "aria-label": label } : {})}
    >
      {!isLabelHidden && <Label className={fieldCss("label")}>{label}</Label>}
      <AriaButton className={css("select_button")}>
        <SelectValue className={css("select_value")} />
        <Icon name="chevron_down" size={18} />
      </AriaButton>
      {description && (
        <Text slot="description" className={fieldCss("description")}>
          {description}
        </Text>
      )}
      <AriaPopover className={css("popover")}>
        <ListBox className={css("options")}>{children}</ListBox>
      </AriaPopover>
    </AriaSelect>
  );
}

export interface SelectItemProps {
  /** The value that it stands for. */
  readonly id: string;
  readonly children: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
}

export function SelectItem({ id, children, description, isDisabled = false }: SelectItemProps) {
  return (
    <ListBoxItem id={id} textValue={children} isDisabled={isDisabled} className={css("option")}>
      {({ isSelected }) => (
        <>
          <span className={css("tick")}>{isSelected && <Icon name="check" size={16} />}</span>
          <span className={css("words")}>
            <Text slot="label">{children}</Text>
            {description && (
              <Text slot="description" className={css("hint")}>
                {description}
              </Text>
            )}
          </span>
        </>
      )}
    </ListBoxItem>
  );
}

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly minValue: number;
  readonly maxValue: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
  readonly onChangeEnd?: (value: number) => void;
  readonly formatValue?: (value: number) => string;
  readonly isDisabled?: boolean;
}

export function Slider(props: SliderProps) {
  const {
    label,
    value,
    minValue,
    maxValue,
    step = 1,
    onChange,
    onChangeEnd,
    formatValue = String,
    isDisabled = false,
  } = props;
  return (
    <AriaSlider
      className={css("slider")}
      value={value}
      minValue={minValue}
      maxValue={maxValue}
      step={step}
      onChange={onChange}
      isDisabled={isDisabled}
      {...(onChangeEnd ? { onChangeEnd } : {})}
    >
      <Label className={fieldCss("label")}>{label}</Label>
      <SliderOutput className={css("slider_value")}>{formatValue(value)}</SliderOutput>
      <SliderTrack className={css("slider_track")}>
        {({ state }) => (
          <>
            <span className={css("slider_fill")} style={{ width: `calc(${state.getThumbPercent(0) * 100}% + 10px)` }} />
            <SliderThumb className={css("slider_thumb")} />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
