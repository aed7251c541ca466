// A labelled choice of one among several.

interface ChooseProps {
  label: string;
  value: string;
  set: (value: string) => void;
  values: readonly string[];
  words?: Record<string, string>;
}

export function Choose({ label, value, set, values, words = {} }: ChooseProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        {values.map((one) => (
          <option key={one} value={one}>
            {words[one] ?? one}
          </option>
        ))}
      </select>
    </label>
  );
}
