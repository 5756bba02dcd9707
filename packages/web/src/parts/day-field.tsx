import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
} from 'react-aria-components';
import { Float } from './float.tsx';
import './field.css';

interface Props {
  label: string;
  /** `2026-12-31`, or null when cleared or half written. */
  onChange: (day: string | null) => void;
}

/** A day: typed, or chosen from a calendar. */
export function DayField({ label, onChange }: Props) {
  return (
    <DatePicker
      className="field"
      granularity="day"
      shouldForceLeadingZeros
      onChange={(value) => onChange(value ? value.toString().slice(0, 10) : null)}
    >
      <Label>{label}</Label>
      <Group className="day-group">
        <DateInput>{(segment) => <DateSegment className="segment" segment={segment} />}</DateInput>
        <Button className="icon-button">
          <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
            <path d="M2.5 4h13v11.5h-13zM2.5 7.5h13M6 2v3M12 2v3" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
        </Button>
      </Group>
      <Float roomy>
        <Dialog>
          <Calendar className="calendar">
            <header>
              <Button slot="previous" className="icon-button">
                <Chevron d="M8 2 4 6l4 4" />
              </Button>
              <Heading />
              <Button slot="next" className="icon-button">
                <Chevron d="m4 2 4 4-4 4" />
              </Button>
            </header>
            <CalendarGrid>
              {(date) => (
                <CalendarCell className="calendar-day" date={date}>
                  {({ formattedDate }) => <span data-day={formattedDate} />}
                </CalendarCell>
              )}
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Float>
    </DatePicker>
  );
}

function Chevron({ d }: { d: string }) {
  return (
    <svg viewBox="0 0 12 12" width="14" height="14" aria-hidden="true">
      <path d={d} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
