/*
 * What if a party leaves, or slows down: `project` answers from the tracker's own figures. The same arithmetic, in the same
 * order, as newsroom/trackers/figures/pace.py and whatif.py: both give the same bits.
 */
const LEAST = 5;
const SPAN = 21;
const HORIZON = 7305;
const WEIGHTS = [0, 0.3, 0.1];
const ONCE = 0.5;
const WRONG = 4;
const HALF = 0.6744897501960817 * 0.55;
const FIFTHS = 1.2815515655446004 * 0.7;
const TINY = 1e-12;
const FASTEST = 100;

const middle = ([, low, high]) => (low + high) / 2;

// Growth a day up to an evening, recent steps weighing more.
function paceAt(evenings, until, weight) {
  const span = evenings[until][0] - evenings[0][0];
  let grown = 0;
  let weighed = 0;
  for (let i = 0; i < until; i += 1) {
    const share = weight > 0 ? 1 / (1 + (evenings[until][0] - evenings[i + 1][0]) / (weight * span)) : 1;
    grown += share * (middle(evenings[i + 1]) - middle(evenings[i]));
    weighed += share * (evenings[i + 1][0] - evenings[i][0]);
  }
  return grown / weighed;
}

// How far the pace would have been off before, and what noise makes of that.
function hindsight(evenings, weight) {
  const last = evenings.length - 1;
  const span = evenings[last][0] - evenings[0][0];
  let [off, reading, daily, count] = [ONCE, 0, 0, 1];
  for (let j = Math.max(2, Math.floor(last / 3)); j < last; j += 1) {
    const rest = evenings[last][0] - evenings[j][0];
    const before = evenings[j][0] - evenings[0][0];
    if (rest < 0.1 * span) break;
    const was = (middle(evenings[last]) - middle(evenings[j])) / rest;
    const said = paceAt(evenings, j, weight);
    const factor = was > TINY && said > TINY ? Math.min(WRONG, Math.max(was / said, said / was) - 1) : WRONG;
    off += factor * factor;
    count += 1;
    const larger = Math.max(was, -was, said, -said);
    if (larger > TINY) {
      reading += (2 / (before * before) + 2 / (rest * rest)) / (larger * larger);
      daily += (1 / before + 1 / rest) / (larger * larger);
    }
  }
  return [off / count, reading / count, daily / count, ONCE / count];
}

// The variance of a reading and of a day's growth.
function noise(evenings, pace) {
  const last = evenings.length - 1;
  let [swing, ranges, steps, often, before] = [0, 0, 0, 0, 0];
  for (let i = 0; i <= last; i += 1) {
    const half = (evenings[i][2] - evenings[i][1]) / 2;
    ranges += half * half / 3;
    if (i === 0) continue;
    const days = evenings[i][0] - evenings[i - 1][0];
    const beside = middle(evenings[i]) - middle(evenings[i - 1]) - pace * days;
    steps += beside * beside / days;
    often += 1 / days;
    if (i > 1) swing -= before * beside;
    before = beside;
  }
  const reading = Math.max(0, swing / (last - 1), ranges / (last + 1));
  steps /= last - 1;
  return [reading, Math.max(steps - 2 * reading * (often / last), 0.02 * steps)];
}

// The quantile of Student's distribution beside the normal one.
function student(z, freedom) {
  const cube = z * z * z;
  const fifth = cube * z * z;
  return z + (cube + z) / (4 * freedom) + (5 * fifth + 16 * cube + 3 * z) / (96 * freedom * freedom);
}

// The days until the pace comes to the gap, z deviations early or late.
function crossing(gap, pace, now, daily, z, late) {
  const [square, line, rest] = [pace * pace, 2 * pace * gap + z * z * daily, gap * gap - z * z * now];
  const root = Math.sqrt(Math.max(0, line * line - 4 * square * rest));
  if (late) return (line + root) / (2 * square);
  return rest <= 0 ? 0 : 2 * rest / (line + root);
}

// When a level between low and high reaches the target: why nobody can say, the pace, and days.
function reach(evenings, low, high, target, today) {
  if (low >= target) return ["met", 0, []];
  const level = (low + high) / 2;
  if (level >= target) return ["perhaps-met", 0, []];
  const last = evenings.length - 1;
  if (last + 1 < LEAST || evenings[last][0] - evenings[0][0] < SPAN) return ["few", 0, []];
  let [weight, off] = [WEIGHTS[0], hindsight(evenings, WEIGHTS[0])];
  for (const other of WEIGHTS.slice(1)) {
    const found = hindsight(evenings, other);
    if (found[0] < 0.9 * off[0]) [weight, off] = [other, found];
  }
  const pace = paceAt(evenings, last, weight);
  if (pace <= TINY) return ["no-progress", 0, []];
  return daysOf(evenings, [low, high], [target - level, pace], off, today);
}

function daysOf(evenings, level, [gap, pace], off, today) {
  const last = evenings.length - 1;
  const [begin, span] = [evenings[last][0], evenings[last][0] - evenings[0][0]];
  const median = begin + Math.ceil(Math.min(gap / pace, HORIZON * 2));
  if (median > today + HORIZON) return ["beyond", pace, []];
  if (median < today) return ["stale", pace, []];
  const [reading, daily] = noise(evenings, pace);
  const half = (level[1] - level[0]) / 2;
  const now = Math.max(reading, half * half / 3);
  const wrong = Math.max(off[0] - (reading * off[1] + daily * off[2]), 0.25 * off[0], off[3]);
  const unsure = Math.sqrt(wrong + (daily / span + 2 * reading / (span * span)) / (pace * pace));
  const found = [median];
  let [early, late] = [median, median];
  for (const quantile of [HALF, FIFTHS]) {
    const z = student(quantile, Math.max(2, last - 1));
    const [faster, slower] = [pace * (1 + z * unsure), pace / (1 + z * unsure)];
    early = Math.min(early, Math.max(today, begin + Math.ceil(crossing(gap, faster, now, daily, z, false))));
    late = Math.max(late, begin + Math.ceil(Math.min(crossing(gap, slower, now, daily, z, true), HORIZON * 2)));
    found.push(early, late <= today + HORIZON ? late : null);
  }
  return ["", pace, found];
}

// On each evening, the parts of one sign of all parties: at least and at most.
function summed({ points, parties }, parts, sign) {
  const low = points.map(() => 0);
  const high = points.map(() => 0);
  parties.forEach(({ steps }, at) => {
    const factor = parts[at] * sign;
    if (factor <= 0) return;
    let before = [0, 0];
    for (const [k, least, most] of steps) {
      low[k] += factor * least - before[0];
      high[k] += factor * most - before[1];
      before = [factor * least, factor * most];
    }
  });
  for (let k = 1; k < points.length; k += 1) {
    low[k] += low[k - 1];
    high[k] += high[k - 1];
  }
  return points.map((_point, k) => [Math.max(0, low[k]), Math.max(0, high[k])]);
}

// The whole's evenings without these parts of its parties; a part below nothing adds.
function without(payload, parts) {
  if (parts.every((part) => part === 0)) return payload.points.map(([day, low, high]) => [day, low, high]);
  const [less, more] = [summed(payload, parts, 1), summed(payload, parts, -1)];
  return payload.points.map(([day, low, high, least, most, rest], k) => {
    const [[taken, takenMost], [added, addedMost]] = [less[k], more[k]];
    const top = Math.max(0, Math.min(high - taken, most - takenMost + rest));
    const bottom = Math.max(0, Math.min(Math.max(low - takenMost, least - taken), low, top));
    return [day, bottom + added, top + addedMost];
  });
}

// What follows when `leave`, a list of codes, leave, and others go on at a factor of their `pace`, by code.
function project(payload, { leave = [], pace = {} }) {
  if (!payload.points) return {};
  const { parties, target } = payload;
  const left = new Set(leave);
  const gone = parties.map(({ code }) => (left.has(code) ? 1 : 0));
  const slower = parties.map(({ code }, at) =>
    (Object.hasOwn(pace, code) && !gone[at] ? 1 - Math.min(Math.max(pace[code], 0), FASTEST) : gone[at]));
  const [, low, high] = without(payload, gone).at(-1);
  const [reason, daily, days] = payload.disputed
    ? ["contradictory", 0, []]
    : reach(without(payload, slower), low, high, target, payload.today);
  const [median, ...spans] = days.length ? days : [null, null, null, null, null];
  return {
    level: [low, high],
    share: [low / target, high / target],
    gap: [Math.max(0, target - high), Math.max(0, target - low)],
    reason,
    per_month: daily * 30,
    median,
    fifty: spans.slice(0, 2),
    eighty: spans.slice(2),
  };
}
