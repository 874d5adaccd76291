// <avstand-article>: an article as its reader knows it, with who says what in it, from a ledger.
//
//   <script type="module" src="avstand-article.js"></script>
//   <avstand-article src="ledger.json"></avstand-article>
//
// The ledger comes from the property `ledger`, from a child <script type="application/json">, or from `src`. `ui` is the
// language of the interface (nb, nn, en); without it that of the article. What else stands inside the element is shown
// first, and where there is no script. Fires "avstand-open" (detail: the statement's id) when a reader opens a statement;
// the performance mark "avstand-article" says when it took the place of what stands inside.
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { correctionsOf, toLedger, type Correction, type Hop, type Ledger, type Picture, type Span, type Statement, type Verification } from "./ledger.js";
import { drawGraph } from "./graph-svg.js";
import { renderAbout, renderNames } from "./names.js";
import { pictureFacts } from "./picture-words.js";
import { styles } from "./styles.js";
import { View, apportioned, isAttribution, isBareScare, isChecked, isFollowed, passes, type Filter, type Piece, type Share } from "./view.js";
import { Ways } from "./ways.js";
import { Words } from "./words.js";

const SHOWN_DEPTH = 2;
const NOTE_WIDTH = 330, WIDE = 560, NARROW = 350; // of drawings
const MIN_LABELLED = 9; // percent; a narrower part of a bar has no room for its name

export class AvstandArticle extends LitElement {
  static override styles = styles;
  static override properties = {
    src: {},
    ui: {},
    ledger: { attribute: false },
    open: { state: true },
    filter: { state: true },
    hit: { state: true },
    problem: { state: true },
  };

  declare src: string | null;
  declare ui: string | null;
  declare ledger: Ledger | null;
  private declare open: number | null;
  private declare filter: Filter;
  private declare hit: Span | null;
  private declare problem: string | null;
  private view: View | null = null;
  private ways: Ways | null = null;
  private words = new Words(null);
  private anchor = "";
  private readonly onHash = () => this.followHash();

  constructor() {
    super();
    this.src = this.ui = this.ledger = this.open = this.hit = this.problem = null;
    this.filter = { origin: null, distances: null, checked: false };
  }

  /** What stands inside is on the screen before it is replaced: a reader waits for no script. */
  override connectedCallback(): void {
    const readable = this.querySelector(":scope > :not(script)") !== null;
    if (this.renderRoot || !readable || document.hidden) return this.begin();
    void painted().then(() => this.isConnected && this.begin());
  }
  private begin(): void {
    super.connectedCallback();
    this.takeInline();
    this.takeAnchor();
    window.addEventListener("hashchange", this.onHash);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.onHash);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("src") && this.src) void this.load(this.src);
    if (changed.has("ledger") || changed.has("ui")) {
      this.words = new Words(this.ui ?? this.ledger?.document.language);
      this.view = this.ledger && new View(this.ledger);
      this.ways = this.view && new Ways(this.view, this.words, this.outlet());
      this.open = this.hit = null;
    }
  }
  override firstUpdated(): void {
    performance.mark("avstand-article");
    this.followHash();
  }

  private takeInline(): void {
    const data = this.querySelector<HTMLScriptElement>(':scope > script[type="application/json"]');
    if (data && !this.ledger) this.take(() => JSON.parse(data.textContent ?? ""));
  }
  private async load(src: string): Promise<void> {
    try {
      const answer = await fetch(src);
      if (!answer.ok) throw new Error(`${src}: ${answer.status}`);
      const data: unknown = await answer.json();
      if (src === this.src) this.take(() => data);
    } catch (error) {
      this.problem = String(error instanceof Error ? error.message : error);
    }
  }
  private take(data: () => unknown): void {
    try {
      this.ledger = toLedger(data());
      this.problem = null;
    } catch (error) {
      this.problem = String(error instanceof Error ? error.message : error);
    }
  }

  /** Links to the report that was inside go on to lead here. */
  private takeAnchor(): void {
    const top = this.querySelector<HTMLElement>(":scope > article[id$='-top']");
    if (!top) return;
    this.anchor = top.id.slice(0, -"top".length);
    this.id = top.id;
    top.removeAttribute("id");
  }
  private followHash(): void {
    const found = this.anchor && location.hash.startsWith(`#${this.anchor}n`);
    if (!found || !this.view) return;
    const index = this.view.numbers.indexOf(Number(location.hash.slice(this.anchor.length + 2)));
    if (index >= 0) this.toggle(index, true);
  }

  private toggle(index: number, on = this.open !== index): void {
    this.open = on ? index : null;
    this.hit = null;
    if (!on) return;
    this.dispatchEvent(new CustomEvent("avstand-open", { detail: this.ledger?.statements[index].id, bubbles: true, composed: true }));
    void this.updateComplete.then(() => this.renderRoot.querySelector(`#note-${index}`)?.scrollIntoView({ block: "nearest" }));
  }
  private show(span: Span): void {
    this.hit = span;
    void this.updateComplete.then(() => this.renderRoot.querySelector(".hit")?.scrollIntoView({ block: "center" }));
  }
  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || (this.open === null && !this.hit)) return;
    const from = this.open;
    this.open = this.hit = null;
    if (from !== null) this.renderRoot.querySelector<HTMLElement>(`#ref-${from}`)?.focus();
  }

  private say(key: string, values?: Record<string, string | number>): string {
    return this.words.say(key, values);
  }
  private name(entity: string | null): string {
    return this.view?.name(entity) ?? this.say("hop.unnamed");
  }
  private outlet(): string {
    const { name, entity } = this.ledger!.document.outlet;
    return name || (entity === null ? this.say("hop.outlet") : this.name(entity));
  }

  override render(): TemplateResult {
    if (this.problem) return html`<p role="alert">${this.problem}</p>`;
    if (!this.view) return html`<slot></slot>`;
    return html`<article class="live" lang=${this.words.language} @keydown=${this.onKey}>
      ${this.renderTop()}
      <div class="overview">${this.renderFindings()}${this.renderBars()}</div>
      ${this.renderFilters()}
      <section aria-label=${this.say("section.article")}>
        ${this.ledger!.blocks.map((_, block) => this.renderBlock(block))}
        ${this.ledger!.pictures.filter((p) => p.block === null).map((p) => this.renderBarePicture(p))}
      </section>
      ${renderNames(this.view, this.ways!, this.words)}${renderAbout(this.ledger!, this.words)}
    </article>`;
  }

  private renderTop(): TemplateResult {
    const { document: d, summary, blocks } = this.ledger!;
    const headline = blocks.find((b) => b.kind === "headline") ?? blocks[0];
    const title = d.title ?? (headline ? this.view!.text(headline.begin, headline.end) : "");
    const facts = [d.outlet.name, d.published && this.words.when(d.published), this.words.label("language", d.language)].filter(Boolean);
    return html`<p class="meta"><bdi>${facts.join(" · ")}</bdi></p>
      <h2 dir="auto">${title}</h2>
      <p class="counts">
        ${this.words.count("count.statements", summary.statements)} ·
        ${this.words.count("count.origins", summary.independent_origins)}
        ${summary.unverified > 0 ? html`· ${this.words.count("count.unverified", summary.unverified)}` : nothing}
      </p>`;
  }

  private renderFindings(): TemplateResult {
    const findings = this.ledger!.findings;
    return html`<section class="findings" aria-label=${this.say("section.findings")}>
      <h3>${this.say("section.findings")}</h3>
      ${findings.length === 0 ? html`<p>${this.say("findings.none")}</p>` : nothing}
      <ol class="flags">
        ${findings.map(
          (f) => html`<li>
            <p class="kind">${this.words.label("finding", f.kind)}</p>
            <p dir="auto">${f.message}</p>
            ${f.accepted ? html`<p>${this.say("finding.accepted", { reason: f.accepted })}</p>` : nothing}
            ${f.spans.map((span) => html`<p>${this.renderWords(span, "words")}</p>`)}
          </li>`,
        )}
      </ol>
    </section>`;
  }

  private renderWords(span: Span, style: string): TemplateResult {
    return html`<button class=${style} dir="auto" @click=${() => this.show(span)}>${this.view!.text(...span)}</button>`;
  }

  /** How much rests on whom: words by distance, words by origin, and the ways between. */
  private renderBars(): TemplateResult {
    const origins = this.view!.byOrigin();
    const name = ({ key }: Share) => (key === "own" ? this.say("distance.0") : key === "" ? this.say("hop.unnamed") : this.name(key));
    return html`<section class="bars" aria-label=${this.say("section.distance")}>
        <h3>${this.say("section.distance")}</h3>
        ${this.renderBar(
          this.view!.byDistance(),
          ({ key }) => this.words.distance(Number(key)),
          ({ key }) => `d${Math.min(Number(key), 4)}`,
        )}
      </section>
      <section class="bars" aria-label=${this.say("origins.heading")}>
        <h3>${this.say("origins.heading")}</h3>
        ${this.renderBar(origins, name, ({ key }, i) => (key === "own" ? "own" : i % 2 === 0 ? "from even" : "from odd"))}
        ${this.renderWays()}
      </section>`;
  }
  private renderBar(shares: Share[], name: (share: Share) => string, style: (share: Share, at: number) => string): TemplateResult {
    const percents = apportioned(100, shares.map((s) => s.words));
    const parts = shares.map((s, i) =>
      percents[i] === 0
        ? nothing
        : html`<span class="part ${style(s, i)}" .style=${`flex-grow: ${percents[i]}`}
            >${percents[i] >= MIN_LABELLED ? html`<bdi>${name(s)}</bdi> ${percents[i]} %` : nothing}</span>`,
    );
    return html`<div class="band" aria-hidden="true">${parts}</div>
      <ul class="key">
        ${shares.map((s, i) => html`<li><bdi>${name(s)}</bdi> ${this.words.count("count.words", s.words)} · ${percents[i]} %</li>`)}
      </ul>`;
  }
  private renderWays(): TemplateResult | typeof nothing {
    const graph = this.ways!.ofArticle();
    if (graph.lines.length === 0) return nothing;
    const ways = new Map<string, number>();
    for (const s of this.ledger!.statements.filter((one) => isFollowed(one) && one.chain.length > 0)) {
      const way = [...s.chain.map((hop) => this.ways!.name(hop)), this.outlet()].join(" → ");
      ways.set(way, (ways.get(way) ?? 0) + 1);
    }
    const told = [...ways].map(([way, n]) => `${way}: ${this.words.count("count.statements", n)}`).join(". ");
    const words = `${this.say("graph.title")}. ${told}`;
    return html`<h3>${this.say("section.routes")}</h3>
      <div class="drawn wide">${drawGraph(graph, WIDE, words)}</div>
      <div class="drawn narrow">${drawGraph(graph, NARROW, words)}</div>
      <p class="meta">${this.say("graph.key")}</p>`;
  }

  private renderFilters(): TemplateResult {
    const all = this.ledger!.statements.filter(isFollowed);
    const shown = all.filter((s) => passes(s, this.filter)).length;
    const set = (part: Partial<Filter>) => (this.filter = { ...this.filter, ...part });
    const distances = this.view!.distances();
    const turn = (d: number, on: boolean) => {
      const now = new Set(this.filter.distances ?? distances);
      if (on) now.add(d);
      else now.delete(d);
      set({ distances: now.size === distances.length ? null : now });
    };
    return html`<fieldset class="filters">
      <legend>${this.say("page.filter")}</legend>
      <label>${this.say("page.filter.origin")}
        <select @change=${(e: Event) => set({ origin: fromOption((e.target as HTMLSelectElement).value) })}>
          <option value="*">${this.say("page.filter.everyone")}</option>
          ${this.view!.origins().map(
            (o) => html`<option value="=${o.entity}">${o.entity === "" ? this.say("hop.unnamed") : this.name(o.entity)} (${o.statements})</option>`,
          )}
        </select>
      </label>
      ${distances.map(
        (d) => html`<label><input type="checkbox" .checked=${this.filter.distances?.has(d) ?? true}
            @change=${(e: Event) => turn(d, (e.target as HTMLInputElement).checked)} />
          <span class="said in0 d${Math.min(d, 4)}">${this.words.distance(d)}</span></label>`,
      )}
      <label><input type="checkbox" id="checked" .checked=${this.filter.checked}
          @change=${(e: Event) => set({ checked: (e.target as HTMLInputElement).checked })} />
        ${this.say("page.filter.checked")}</label>
      <p class="status" role="status">
        ${this.filter.checked && !all.some(isChecked) ? this.say("page.filter.nothing_checked") : this.say("page.filter.shown", { n: shown, all: all.length })}
      </p>
    </fieldset>`;
  }

  private renderBlock(block: number): TemplateResult {
    const { kind } = this.ledger!.blocks[block];
    const notes = this.view!.ofBlock(block).filter((i) => passes(this.ledger!.statements[i], this.filter));
    return html`<div class="block">
      ${kind === "caption" ? this.renderPicture(block) : this.renderText(block)}
      ${notes.length > 0 ? html`<ol class="notes" aria-label=${this.say("section.statements")}>${notes.map((i) => this.renderNote(i))}</ol>` : nothing}
    </div>`;
  }

  private renderText(block: number): TemplateResult {
    const { kind, language } = this.ledger!.blocks[block];
    const shown = (i: number) => passes(this.ledger!.statements[i], this.filter);
    const inside = this.view!.pieces(block, shown, this.hit).map((piece) => this.renderPiece(piece));
    const lang = language === "und" ? "" : language;
    if (kind === "headline") return html`<h4 class="text headline" lang=${lang} dir="auto">${inside}</h4>`;
    if (kind === "subheading") return html`<h5 class="text subheading" lang=${lang} dir="auto">${inside}</h5>`;
    return html`<p class="text ${kind}" lang=${lang} dir="auto">${inside}</p>`;
  }

  private renderPiece(piece: Piece): TemplateResult {
    let inside: TemplateResult = html`${this.view!.text(piece.begin, piece.end)}`;
    if (this.hit && piece.begin >= this.hit[0] && piece.end <= this.hit[1]) inside = html`<mark class="hit">${inside}</mark>`;
    [...piece.statements].reverse().forEach((index, fromInside) => {
      const depth = Math.min(piece.statements.length - 1 - fromInside, SHOWN_DEPTH);
      const s = this.ledger!.statements[index];
      const style = `said in${depth} ${isBareScare(s) ? "scare" : `d${Math.min(s.distance, 4)}`} ${this.open === index ? "open" : ""}`;
      inside = html`<span class=${style} @click=${(e: Event) => (e.stopPropagation(), this.toggle(index))}>${inside}</span>`;
    });
    return html`${inside}${piece.ends.map((index) => this.renderReference(index))}`;
  }
  private renderReference(index: number): TemplateResult {
    const n = this.view!.numbers[index];
    return html`<button class="ref" id="ref-${index}" aria-expanded=${this.open === index ? "true" : "false"}
      aria-controls="note-${index}" aria-label=${this.say("note.statement", { n })}
      @click=${(e: Event) => (e.stopPropagation(), this.toggle(index))}>${n}</button>`;
  }

  private renderPicture(block: number): TemplateResult {
    const pictures = this.ledger!.pictures.filter((p) => p.block === block);
    return html`<figure class="picture"><figcaption>
      ${this.renderText(block)} ${pictures.map((p) => this.renderPictureFacts(p))}
    </figcaption></figure>`;
  }
  /** One that no caption stands under. */
  private renderBarePicture(p: Picture): TemplateResult {
    return html`<figure class="picture"><figcaption>
      <p class="text caption"><bdi>${p.file}</bdi></p>
      ${this.renderPictureFacts(p)}
    </figcaption></figure>`;
  }
  private renderPictureFacts(p: Picture): TemplateResult {
    const handout = p.handout === null ? "unknown" : p.handout ? "yes" : "no";
    return html`<dl>
      ${this.row("picture.origin", p.origin && p.chain.length > 0 ? this.renderChain(p.chain, p.verification.status) : p.origin ? this.ways!.name(p.origin) : this.say("picture.none"))}
      ${this.row("picture.handout", this.say(`picture.handout.${handout}`))}
      ${this.row("note.verification", this.renderVerification(p.verification))}
      ${pictureFacts(p, this.words).map(([term, value]) => this.row(term, html`<bdi>${value}</bdi>`))}
    </dl>`;
  }

  private renderChain(chain: Hop[], verification: string): TemplateResult {
    return drawGraph(this.ways!.ofChain(chain, verification), NOTE_WIDTH, this.ways!.chainInWords(chain, verification));
  }
  private renderVerification(v: Verification): TemplateResult {
    return html`${this.words.label("verification", v.status)}${v.by ? html`, <bdi>${this.name(v.by)}</bdi>` : nothing}
    ${v.span ? this.renderWords(v.span, "why") : nothing}`;
  }
  private row(term: string, value: unknown): TemplateResult {
    return html`<div><dt>${this.say(term)}</dt><dd>${value}</dd></div>`;
  }

  /** The labels that say more than the ordinary. */
  private facts(s: Statement): string {
    const label = (kind: string, value: string, ordinary: string[]) => (ordinary.includes(value) ? [] : [this.words.label(kind, value)]);
    return [
      ...(isBareScare(s) ? [] : label("act", s.act, [])),
      ...label("quote", s.quote, []),
      ...label("evidence", s.evidence, ["statement", "unstated"]),
      ...label("commitment", s.commitment, ["neutral"]),
      ...label("verification", s.verification.status, ["none"]),
      ...(s.interested ? [this.say("note.interested.yes")] : []),
    ].join(" · ");
  }

  private renderNote(index: number): TemplateResult {
    const s = this.ledger!.statements[index];
    const open = this.open === index;
    const speaker = s.speaker && !s.chain.some((hop) => hop.entity === s.speaker) ? this.name(s.speaker) : null;
    return html`<li class="note ${open ? "open" : ""}" id="note-${index}">
      <button class="ref" aria-expanded=${open ? "true" : "false"} aria-label=${this.say("note.statement", { n: this.view!.numbers[index] })}
        @click=${() => this.toggle(index)}>${this.view!.numbers[index]}</button>
      ${isBareScare(s) ? html`<p>${this.say("distance.scare")}</p>` : this.renderChain(s.chain, s.verification.status)}
      ${speaker ? html`<p>${this.say("note.speaker")}: <bdi>${speaker}</bdi></p>` : nothing}
      <p class="facts">${this.facts(s)}</p>
      ${correctionsOf(this.ledger!, s).map((c) => this.renderCorrection(c))}
      ${open ? this.renderDetails(s) : nothing}
    </li>`;
  }
  private renderCorrection(c: Correction): TemplateResult {
    const label = c.what === "label";
    return html`<p class="correction"><span>${this.say("correct.heading")}</span><br />
      <strong>${this.say(`correct.what.${label ? c.field : c.what}`)}</strong>:
      <bdi>${label ? this.words.label(c.field, c.value) : c.value.replaceAll(" > ", " → ")}</bdi><br />
      <small>${this.say("correct.by", { author: c.author, time: c.time.slice(0, 10) })}</small></p>`;
  }
  private renderDetails(s: Statement): TemplateResult {
    const parent = s.parent === null ? -1 : this.view!.indexOf(s.parent);
    const inside = parent >= 0 && isAttribution(this.ledger!.statements[parent]);
    return html`<dl>
        ${s.source.map((span) => this.row("note.source", this.renderWords(span, "why")))}
        ${s.chain.map((hop, i) =>
          hop.span ? this.row(i === 0 ? "hop.origin" : "hop.relay", html`<bdi>${this.ways!.name(hop)}</bdi> ${this.renderWords(hop.span, "why")}`) : nothing,
        )}
        ${this.row("note.evidence", this.words.label("evidence", s.evidence))}
        ${this.row("note.commitment", this.words.label("commitment", s.commitment))}
        ${this.row("note.verification", this.renderVerification(s.verification))}
        ${inside
          ? this.row("note.parent", html`<button class="why" @click=${() => this.toggle(parent, true)}>${this.say("note.statement", { n: this.view!.numbers[parent] })}</button>`)
          : nothing}
        ${this.row("note.confidence", s.confidence.toFixed(2))}
      </dl>
      <p class="facts">${this.say("note.words")}</p>
      <ul>${s.why.map((why) => html`<li>${this.renderWords(why.span, "why")} <code>${why.rule}</code></li>`)}</ul>`;
  }
}

/** After the next picture of the page is on the screen. */
const painted = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** "*" is all, "=e7" is e7, "=" is everybody without a name. */
const fromOption = (value: string): string | null => (value === "*" ? null : value.slice(1));

customElements.define("avstand-article", AvstandArticle);
