// The interface words in one language, as src/report/strings.h has them.
import all from "words:all";

export class Words {
  readonly language: string;
  private readonly texts: Record<string, string>;

  /** `wanted` if we have it, else English. */
  constructor(wanted: string | null | undefined) {
    this.language = wanted && wanted in all ? wanted : "en";
    this.texts = all[this.language];
  }
  /** The words; the key itself where there is none. */
  say(key: string, values: Record<string, string | number> = {}): string {
    return (this.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }
  /** The word for a label of the ledger; a label newer than the words is shown as it is. */
  label(kind: string, value: string): string {
    return this.texts[`${kind}.${value}`] ?? value;
  }
  /** A date or RFC 3339 time as people write it, in the zone it was given in; what is none is given as it is. */
  when(time: string): string {
    const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(time) ?? [];
    const name = this.texts[`date.month.${month}`];
    if (!name) return time;
    const date = this.say("date.day", { day: Number(day), month: name, year });
    return hour ? this.say("date.time", { date, hour, minute }) : date;
  }
  count(key: string, n: number): string {
    return this.say(`${key}.${n === 1 ? "one" : "other"}`, { n });
  }
  distance(hands: number): string {
    return this.texts[`distance.${hands}`] ?? this.say("distance.more", { n: hands });
  }
}
