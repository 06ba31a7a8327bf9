// One revision of a PDF, read with every effort bounded (documents/pdf_revision.py); there is no repair.

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
    Object.assign(this, { pdf, end, inflatedBytes: 0, readBytes: 0 });
    this.reader = new ValueReader();
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
    return this.reader.read(content, heads[2 * place.place + 1], content.length).value;
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
    const found = this.reader.read(this.pdf, at, Math.min(this.end, at + LIMITS.object));
    this.readBytes += found.at - at;
    if (this.readBytes > LIMITS.read) throw new Broken("far too much to read");
    return found;
  }
}
