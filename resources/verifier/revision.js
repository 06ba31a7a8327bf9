// One revision of a PDF, read with every effort bounded (documents/pdf_revision.py); there is no repair.

const LIMITS = {
  depth: 48, values: 200000, inflated: 32 * 2 ** 20, object: 2 * 2 ** 20, read: 64 * 2 ** 20, blanks: 4096,
  spaces: 64, sections: 32, subsections: 4096, pageTreeNodes: 5000,
};

const SPACES = new Set([0, 9, 10, 12, 13, 32]);
const IS_SPACE = Uint8Array.from({ length: 256 }, (_, code) => (SPACES.has(code) ? 1 : 0));
const IS_REGULAR = Uint8Array.from({ length: 256 }, (_, code) =>
  SPACES.has(code) || "()<>[]{}/%".includes(String.fromCharCode(code)) ? 0 : 1
);
const isDigit = (code) => code >= 48 && code <= 57;
const codeOf = (sign) => sign.charCodeAt(0);

class Name {
  constructor(text) {
    this.text = text;
  }
}
class Reference {
  constructor(number, generation) {
    this.number = number;
    this.generation = generation;
  }
}
class Real {
  constructor(value) {
    this.value = value;
  }
}
class Stream {
  constructor(entries, start, end) {
    Object.assign(this, { entries, start, end });
  }
}

const isName = (value, text) => value instanceof Name && value.text === text;
const isDictionary = (value) => value instanceof Map;
const isWhole = (value) => typeof value === "number";

function startsWith(data, text, at, end = data.length) {
  if (at + text.length > end) return false;
  for (let place = 0; place < text.length; place++) {
    if (data[at + place] !== text.charCodeAt(place)) return false;
  }
  return true;
}

function find(data, text, from, end = data.length) {
  const first = text.charCodeAt(0);
  for (let at = data.indexOf(first, from); at >= 0 && at < end; at = data.indexOf(first, at + 1)) {
    if (startsWith(data, text, at, end)) return at;
  }
  return -1;
}

// Digits from `at`, between `least` and `most` of them: their value and where they end; null otherwise.
function digitsAt(data, at, end, least, most) {
  let stop = at;
  while (stop < end && isDigit(data[stop]) && stop - at < most) stop++;
  if (stop - at < least) return null;
  return { value: Number(decoded(data.subarray(at, stop), "latin-1")), at: stop };
}

// Between 1 and 64 spaces: where they end; -1 otherwise.
function afterSpaces(data, at, end) {
  let stop = at;
  while (stop < end && IS_SPACE[data[stop]] && stop - at < LIMITS.spaces) stop++;
  return stop > at ? stop : -1;
}

function afterBlanks(data, at, end) {
  end = Math.min(end, at + LIMITS.blanks);
  while (at < end) {
    if (IS_SPACE[data[at]]) at++;
    else if (data[at] === 37) while (at < end && data[at] !== 10 && data[at] !== 13) at++;
    else break;
  }
  return at;
}

// `12 0 obj` or `12 0 R`: the number, the generation and where it ends; null otherwise.
function numbered(data, at, end, word) {
  const number = digitsAt(data, at, end, 1, 10);
  if (!number) return null;
  const between = afterSpaces(data, number.at, end);
  const generation = between < 0 ? null : digitsAt(data, between, end, 1, 5);
  const last = generation ? afterSpaces(data, generation.at, end) : -1;
  if (last < 0 || !startsWith(data, word, last, end)) return null;
  const after = last + word.length;
  if (after < data.length && IS_REGULAR[data[after]] && after < end) return null;
  return { number: number.value, generation: generation.value, at: after };
}

// The last `startxref` before `end`, when nothing but it and `%%EOF` is left: the offset it gives; -1 otherwise.
function tableStart(data, end) {
  let at = end;
  const floor = Math.max(0, end - 1024);
  while (at > floor && IS_SPACE[data[at - 1]]) at--;
  if (at - 5 < floor || !startsWith(data, "%%EOF", at - 5, end)) return -1;
  at -= 5;
  const digitsEnd = beforeSpaces(data, at, floor);
  let start = digitsEnd;
  while (start > floor && isDigit(data[start - 1])) start--;
  const wordEnd = beforeSpaces(data, start, floor);
  if (digitsEnd < 0 || wordEnd < 0 || wordEnd - 9 < floor) return -1;
  const found = digitsAt(data, start, digitsEnd, 1, 12);
  return found && found.at === digitsEnd && startsWith(data, "startxref", wordEnd - 9, end) ? found.value : -1;
}

function beforeSpaces(data, at, floor) {
  let start = at;
  while (start > floor && IS_SPACE[data[start - 1]] && at - start < LIMITS.spaces) start--;
  return start < at ? start : -1;
}

class Revision {
  static async read(pdf, end) {
    const revision = new Revision(pdf, end);
    await revision.readSections();
    revision.trailer = revision.sections[0].trailer;
    return revision;
  }

  constructor(pdf, end) {
    Object.assign(this, { pdf, end, values: 0, inflatedBytes: 0, readBytes: 0 });
    this.cache = new Map();
    this.reading = new Set();
    this.bundles = new Map();
    this.startOfTable = tableStart(pdf, end);
    if (this.startOfTable < 0) throw new Broken("no end");
  }

  root() {
    return this.entries(this.trailer.get("Root") ?? null);
  }

  async resolve(value) {
    for (let step = 0; step < 8; step++) {
      if (!(value instanceof Reference)) return value ?? null;
      value = await this.load(value.number);
    }
    throw new Broken("references without end");
  }

  async entries(value) {
    const found = await this.resolve(value);
    if (found instanceof Stream) return found.entries;
    if (!isDictionary(found)) throw new Broken("a dictionary is wanted");
    return found;
  }

  async items(value) {
    const found = await this.resolve(value);
    if (found === null) return [];
    if (!Array.isArray(found)) throw new Broken("an array is wanted");
    return found;
  }

  holds(number) {
    return this.locate(number) !== null;
  }

  async load(number) {
    if (this.cache.has(number)) return this.cache.get(number);
    if (this.reading.has(number)) throw new Broken("an object that needs itself");
    this.reading.add(number);
    let value = null;
    try {
      const place = this.locate(number);
      if (place && "stream" in place) value = await this.bundled(number, place);
      else if (place) value = (await this.objectAt(place.offset, number)).value;
    } finally {
      this.reading.delete(number);
    }
    this.cache.set(number, value);
    return value;
  }

  async inflated(stream, limit = LIMITS.inflated) {
    let filters = await this.resolve(stream.entries.get("Filter"));
    if (Array.isArray(filters) && filters.length === 1) filters = await this.resolve(filters[0]);
    limit = Math.min(limit, LIMITS.inflated - this.inflatedBytes);
    const raw = this.pdf.subarray(stream.start, stream.end);
    if (filters === null || (Array.isArray(filters) && !filters.length)) {
      if (raw.length > limit) throw new Broken("far too large a stream");
      this.inflatedBytes += raw.length;
      return raw;
    }
    if (!isName(filters, "FlateDecode")) throw new Broken("a filter that nobody needs here");
    const content = await inflate(raw, Math.max(limit, 1));
    this.inflatedBytes += content.length;
    let parameters = await this.resolve(stream.entries.get("DecodeParms"));
    if (Array.isArray(parameters)) parameters = parameters.length === 1 ? await this.resolve(parameters[0]) : null;
    return isDictionary(parameters) ? unpredicted(content, parameters) : content;
  }

  async pages() {
    const found = [];
    const seen = new Set();
    const waiting = [(await this.root()).get("Pages")];
    while (waiting.length) {
      const node = waiting.pop();
      if (!(node instanceof Reference) || seen.has(node.number) || seen.size > LIMITS.pageTreeNodes) {
        throw new Broken("a page tree that loops, or far too large");
      }
      seen.add(node.number);
      const entries = await this.entries(node);
      if (!entries.has("Kids")) found.push(node.number);
      else for (const kid of (await this.items(entries.get("Kids"))).slice().reverse()) waiting.push(kid);
    }
    return found;
  }

  laterNumbers(earlierEnd, limit) {
    const found = new Set();
    for (const [place, section] of this.sections.entries()) {
      if (this.sectionOffsets[place] < earlierEnd) continue;
      for (const [part, start] of section.starts.entries()) {
        for (let number = start; number < start + section.counts[part]; number++) {
          if (found.size >= limit) return found;
          if (number) found.add(number);
        }
      }
    }
    return found;
  }

  // -- the cross-reference sections --

  async readSections() {
    this.sections = [];
    this.sectionOffsets = [];
    let offset = this.startOfTable;
    while (offset !== null) {
      if (!isWhole(offset) || this.sectionOffsets.includes(offset) || this.sections.length === LIMITS.sections) {
        throw new Broken("cross-reference sections that loop, or far too many");
      }
      if (!(offset >= 0 && offset < this.end)) throw new Broken("a cross-reference section outside the file");
      this.sectionOffsets.push(offset);
      const isTable = startsWith(this.pdf, "xref", offset);
      this.sections.push(isTable ? this.table(offset + 4) : await this.tableStream(offset));
      offset = this.sections[this.sections.length - 1].trailer.get("Prev") ?? null;
    }
  }

  table(at) {
    const section = { trailer: new Map(), starts: [], counts: [], places: [], rows: null, width: 20 };
    at = afterBlanks(this.pdf, at, this.end);
    for (let head = this.subsectionHead(at); head; head = this.subsectionHead(at)) {
      this.subsection(section, head.start, head.count, head.at);
      at = head.at + 20 * head.count;
      if (at > this.end) throw new Broken("a cross-reference table cut short");
    }
    if (!startsWith(this.pdf, "trailer", at)) throw new Broken("no trailer");
    const { value } = this.valueAt(at + 7);
    if (!isDictionary(value)) throw new Broken("no trailer");
    section.trailer = value;
    return section;
  }

  subsectionHead(at) {
    const start = digitsAt(this.pdf, at, this.end, 1, 10);
    if (!start || start.at >= this.end || this.pdf[start.at] !== 32) return null;
    const count = digitsAt(this.pdf, start.at + 1, this.end, 1, 10);
    if (!count) return null;
    at = count.at;
    if (at < this.end && this.pdf[at] === 32) at++;
    if (startsWith(this.pdf, "\r\n", at, this.end)) at += 2;
    else if (at < this.end && (this.pdf[at] === 10 || this.pdf[at] === 13)) at++;
    else return null;
    return { start: start.value, count: count.value, at };
  }

  async tableStream(offset) {
    const { value: stream } = await this.objectAt(offset, null);
    if (!(stream instanceof Stream) || !isName(stream.entries.get("Type"), "XRef")) {
      throw new Broken("no cross-reference section");
    }
    const widths = (await this.items(stream.entries.get("W"))).filter((one) => isWhole(one) && one >= 0 && one <= 8);
    const size = stream.entries.get("Size");
    if (widths.length !== 3 || !widths[1] || !isWhole(size)) {
      throw new Broken("a cross-reference stream without its measures");
    }
    const section = { trailer: stream.entries, starts: [], counts: [], places: [], widths };
    section.width = widths[0] + widths[1] + widths[2];
    section.rows = await this.inflated(stream);
    const listed = await this.items(stream.entries.get("Index"));
    const index = listed.length ? listed : [0, size];
    let at = 0;
    for (let pair = 0; pair + 1 < index.length; pair += 2) {
      const [start, count] = [index[pair], index[pair + 1]];
      if (!isWhole(start) || !isWhole(count) || start < 0 || count < 0) throw new Broken("an index without sense");
      this.subsection(section, start, count, at);
      at += count * section.width;
    }
    if (at > section.rows.length) throw new Broken("a cross-reference stream cut short");
    return section;
  }

  subsection(section, start, count, place) {
    const last = section.starts.length - 1;
    if (section.starts.length === LIMITS.subsections) throw new Broken("far too many subsections");
    if (last >= 0 && start < section.starts[last] + section.counts[last]) throw new Broken("subsections out of order");
    section.starts.push(start);
    section.counts.push(count);
    section.places.push(place);
  }

  locate(number) {
    for (const section of this.sections) {
      const at = section.starts.findLastIndex((start) => start <= number);
      if (at < 0 || number - section.starts[at] >= section.counts[at]) continue;
      const place = section.places[at] + (number - section.starts[at]) * section.width;
      if (!section.rows || !section.rows.length) return this.tableEntry(place);
      const whole = (start, width) => section.rows.subarray(start, start + width).reduce((sum, one) => sum * 256 + one, 0);
      const [first, second, third] = section.widths;
      const kind = first ? whole(place, first) : 1;
      const where = whole(place + first, second);
      if (kind === 1) return { offset: where };
      return kind === 2 ? { stream: where, place: whole(place + first + second, third) } : null;
    }
    return null;
  }

  tableEntry(at) {
    const text = decoded(this.pdf.subarray(at, Math.min(at + 20, this.end)), "latin-1");
    const entry = /^(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)$/.exec(text);
    if (!entry) throw new Broken("a cross-reference entry without sense");
    return entry[3] === "n" ? { offset: Number(entry[1]) } : null;
  }

  // -- objects --

  async objectAt(offset, number) {
    const head = numbered(this.pdf, offset, this.end, "obj");
    if (!head || (number !== null && head.number !== number)) {
      throw new Broken("no object where the cross-reference says");
    }
    const { value, at: after } = this.valueAt(head.at);
    if (!isDictionary(value)) return { value, at: after };
    const at = afterBlanks(this.pdf, after, this.end);
    let begin = -1;
    if (startsWith(this.pdf, "stream\n", at, this.end)) begin = at + 7;
    else if (startsWith(this.pdf, "stream\r\n", at, this.end)) begin = at + 8;
    if (begin < 0) return { value, at };
    const length = await this.resolve(value.get("Length"));
    if (!isWhole(length) || length < 0 || length > this.end - begin) throw new Broken("a stream without its length");
    let closing = begin + length;
    if (startsWith(this.pdf, "\r", closing, this.end) && !startsWith(this.pdf, "endstream", closing, this.end)) closing++;
    if (startsWith(this.pdf, "\n", closing, this.end)) closing++;
    if (!startsWith(this.pdf, "endstream", closing, this.end)) throw new Broken("a stream of another length");
    return { value: new Stream(value, begin, begin + length), at: closing + 9 };
  }

  async bundled(number, place) {
    const { content, heads } = await this.bundle(place.stream);
    if (2 * place.place + 1 >= heads.length || heads[2 * place.place] !== number) {
      throw new Broken("an object stream without the object");
    }
    return this.value(content, heads[2 * place.place + 1], content.length, 0).value;
  }

  async bundle(number) {
    if (!this.bundles.has(number)) {
      const where = this.locate(number);
      if (!where || !("offset" in where)) throw new Broken("an object stream inside another");
      const stream = await this.load(number);
      if (!(stream instanceof Stream)) throw new Broken("no object stream");
      const [total, first] = [stream.entries.get("N"), stream.entries.get("First")];
      if (!isWhole(total) || !isWhole(first) || total < 0 || total > LIMITS.values / 8 || first < 0) {
        throw new Broken("an object stream without its measures");
      }
      const content = await this.inflated(stream);
      const words = decoded(content.subarray(0, first), "latin-1").split(/[\t\n\v\f\r ]+/).filter(Boolean);
      const heads = words.slice(0, 2 * total);
      if (heads.length < 2 * total || !heads.every((one) => /^\d{1,10}$/.test(one))) {
        throw new Broken("an object stream without its index");
      }
      this.bundles.set(number, { content, heads: heads.map((one, at) => Number(one) + (at % 2 ? first : 0)) });
    }
    return this.bundles.get(number);
  }

  // -- values --

  valueAt(at) {
    const found = this.value(this.pdf, at, Math.min(this.end, at + LIMITS.object), 0);
    this.readBytes += found.at - at;
    if (this.readBytes > LIMITS.read) throw new Broken("far too much to read");
    return found;
  }

  value(data, at, end, depth) {
    this.values += 1;
    if (this.values > LIMITS.values || depth > LIMITS.depth) throw new Broken("far too much to read");
    at = afterBlanks(data, at, end);
    if (at >= end) throw new Broken("no value");
    const sign = String.fromCharCode(data[at]);
    if (sign === "/") return this.name(data, at, end);
    if (sign === "<") {
      if (data[at + 1] === codeOf("<")) return this.dictionary(data, at + 2, end, depth);
      return hexadecimalText(data, at + 1, end);
    }
    if (sign === "[") return this.array(data, at + 1, end, depth);
    if (sign === "(") return text(data, at + 1, end);
    const reference = numbered(data, at, end, "R");
    if (reference) return { value: new Reference(reference.number, reference.generation), at: reference.at };
    return numberOrWord(data, at, end);
  }

  name(data, at, end) {
    if (at >= end || data[at] !== codeOf("/")) throw new Broken("no name");
    let stop = at + 1;
    while (stop < end && IS_REGULAR[data[stop]]) stop++;
    const found = decoded(data.subarray(at + 1, stop), "latin-1");
    const plain = found.replace(/#([0-9A-Fa-f]{2})/g, (_, two) => String.fromCharCode(parseInt(two, 16)));
    return { value: new Name(plain), at: stop };
  }

  dictionary(data, at, end, depth) {
    const entries = new Map();
    for (;;) {
      at = afterBlanks(data, at, end);
      if (startsWith(data, ">>", at, end)) return { value: entries, at: at + 2 };
      const key = this.name(data, at, end);
      if (entries.has(key.value.text)) throw new Broken("the same key twice");
      const found = this.value(data, key.at, end, depth + 1);
      entries.set(key.value.text, found.value);
      at = found.at;
    }
  }

  array(data, at, end, depth) {
    const items = [];
    for (;;) {
      at = afterBlanks(data, at, end);
      if (startsWith(data, "]", at, end)) return { value: items, at: at + 1 };
      const found = this.value(data, at, end, depth + 1);
      items.push(found.value);
      at = found.at;
    }
  }
}

function hexadecimalText(data, at, end) {
  const digits = [];
  for (; at < end && data[at] !== codeOf(">"); at++) {
    if (IS_SPACE[data[at]]) continue;
    const digit = parseInt(String.fromCharCode(data[at]), 16);
    if (Number.isNaN(digit)) throw new Broken("no value");
    digits.push(digit);
  }
  if (at >= end) throw new Broken("no value");
  if (digits.length % 2) digits.push(0);
  const value = new Uint8Array(digits.length / 2);
  for (let place = 0; place < value.length; place++) value[place] = digits[2 * place] * 16 + digits[2 * place + 1];
  return { value, at: at + 1 };
}

function numberOrWord(data, at, end) {
  let stop = at;
  while (stop < end && IS_REGULAR[data[stop]] && stop - at < 64) stop++;
  const word = decoded(data.subarray(at, stop), "latin-1");
  if (word === "true" || word === "false") return { value: word === "true", at: stop };
  if (word === "null") return { value: null, at: stop };
  if (!/^[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})$/.test(word)) throw new Broken("no value");
  return { value: word.includes(".") ? new Real(Number(word)) : Number(word) + 0, at: stop };
}

const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "\n": "", "\r": "" };

function text(data, at, end) {
  const bytes = [];
  let openParentheses = 1;
  while (at < end) {
    const sign = String.fromCharCode(data[at++]);
    if (sign === "\\") {
      let stop = at;
      while (stop < end && stop - at < 3 && data[stop] >= 48 && data[stop] <= 55) stop++;
      if (stop > at) {
        bytes.push(parseInt(decoded(data.subarray(at, stop), "latin-1"), 8) & 255);
        at = stop;
        continue;
      }
      const escaped = at < data.length ? String.fromCharCode(data[at]) : "";
      const meant = ESCAPES[escaped] ?? escaped;
      if (meant) bytes.push(codeOf(meant));
      at += escaped === "\r" && data[at + 1] === 10 ? 2 : 1;
      continue;
    }
    if (sign === "(") openParentheses += 1;
    if (sign === ")" && --openParentheses === 0) return { value: Uint8Array.from(bytes), at };
    bytes.push(codeOf(sign));
  }
  throw new Broken("a string without end");
}

function unpredicted(content, parameters) {
  const predictor = parameters.get("Predictor") ?? 1;
  if (predictor === 1) return content;
  const columns = parameters.get("Columns") ?? 1;
  if (!isWhole(columns) || columns < 1 || columns > 64 || !(isWhole(predictor) && predictor >= 10 && predictor < 16)) {
    throw new Broken("a predictor that nobody needs here");
  }
  if (content.length > LIMITS.inflated / 8) throw new Broken("far too large a cross-reference stream");
  const rows = [];
  let before = new Uint8Array(columns);
  for (let at = 0; at < content.length - columns; at += columns + 1) {
    let row = content.subarray(at + 1, at + 1 + columns);
    if (content[at] === 2) row = row.map((one, place) => (one + before[place]) & 255);
    else if (content[at]) throw new Broken("a predictor that nobody needs here");
    rows.push(row);
    before = row;
  }
  return joined(...rows);
}

// A whole deflated stream, of at most `limit` bytes once inflated.
async function inflate(raw, limit) {
  const inflater = new DecompressionStream("deflate");
  const writer = inflater.writable.getWriter();
  const writing = writer.write(raw.slice()).then(() => writer.close()).catch(() => {});
  const reader = inflater.readable.getReader();
  const parts = [];
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.length;
      if (total > limit) {
        await reader.cancel().catch(() => {});
        throw new Broken("a stream without end, or far too large");
      }
      parts.push(value);
    }
  } catch (fault) {
    if (fault instanceof Broken) throw fault;
    throw new Broken("a stream that does not inflate");
  }
  await writing;
  return joined(...parts);
}

// Whether two values are equal, and of the same kind at every depth.
function isSame(one, other) {
  [one, other] = [one ?? null, other ?? null];
  if (one === other) return true;
  if (!(one instanceof Object) || !(other instanceof Object) || one.constructor !== other.constructor) return false;
  if (one instanceof Name) return one.text === other.text;
  if (one instanceof Real) return one.value === other.value;
  if (one instanceof Reference) return one.number === other.number && one.generation === other.generation;
  if (one instanceof Uint8Array) return sameBytes(one, other);
  if (Array.isArray(one)) return one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  if (isDictionary(one)) {
    return one.size === other.size && [...one].every(([key, item]) => other.has(key) && isSame(item, other.get(key)));
  }
  return false;
}
