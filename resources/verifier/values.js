// The values of a PDF, read within bounds and never repaired (documents/pdf_values.py).

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

class ValueReader {
  constructor() {
    this.values = 0;
  }

  read(data, at, end) {
    return this.value(data, at, end, 0);
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
