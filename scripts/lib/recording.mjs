// Usage: node recording.mjs TITLE OUTPUT.svg COMMAND...
//
// Runs COMMAND on a pseudo-terminal and writes what it shows as an animated picture: an SVG with no
// script in it, which a README can show. What differs from run to run (ports, directories, hashes,
// durations) is put in one form, so that the picture changes when knight does. Needs util-linux' script.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const COLUMNS = 96
const ROWS = 26
const LINE = 18
const CELL = 7.85
const MARGIN = 14
const BAR = 30
// Nobody wants to wait in a picture.
const LONGEST_PAUSE = 0.9
// What comes at once is still seen coming.
const SHORTEST_PAUSE = 0.09
const LAST_LOOK = 7
const COLOURS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 34: '#79c0ff', 35: '#d2a8ff', 36: '#76e3ea', 90: '#8b949e' }

const [title, output, ...command] = process.argv.slice(2)
if (!command.length) {
  console.error('usage: recording.mjs TITLE OUTPUT.svg COMMAND...')
  process.exit(2)
}

function settled(text) {
  return text
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:8790')
    .replace(/\S*\/knight-demo\d+/g, '/tmp/knight-demo')
    .replace(/`[0-9a-f]{10}`/g, '`8544ae3621`')
    .replace(/index [0-9a-f]{7}\.\.[0-9a-f]{7}/g, 'index 63e2299..b0aaa54')
    .replace(/knight:(pull|status) [0-9a-f]{16}/g, 'knight:$1 9782a1580679fd82')
    .replace(/\b\d+(\.\d)? s\b/g, '6 s')
}

// Lines with the second at which each was whole.
async function record() {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const shell = `stty cols ${COLUMNS} rows ${ROWS}; exec ${quoted}`
  const child = spawn('script', ['-qefc', shell, '/dev/null'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm-256color', COLUMNS: String(COLUMNS), LINES: String(ROWS) },
  })
  const began = Date.now()
  const lines = []
  let rest = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (piece) => {
    rest += piece
    const whole = rest.split('\n')
    rest = whole.pop()
    for (const line of whole) lines.push({ at: (Date.now() - began) / 1000, text: settled(line.replace(/\r/g, '')) })
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) {
    console.error(`${command.join(' ')} ended with ${code}`)
    process.exit(1)
  }
  return lines
}

// Runs of one look: [{ text, colour, bold }].
function runs(text) {
  const found = []
  let colour = '#e6edf3'
  let bold = false
  for (const part of text.split(/(\x1b\[[0-9;]*m)/)) {
    const codes = part.match(/^\x1b\[([0-9;]*)m$/)
    if (codes) {
      for (const code of (codes[1] || '0').split(';').map(Number)) {
        if (code === 0) [colour, bold] = ['#e6edf3', false]
        else if (code === 1) bold = true
        else if (code === 2) colour = COLOURS[90]
        else if (COLOURS[code]) colour = COLOURS[code]
        else if (code === 39) colour = '#e6edf3'
      }
    } else if (part) {
      found.push({ text: part, colour, bold })
    }
  }
  return found
}

// As a terminal breaks them: a cell for each character is near enough for what knight says.
function broken(lines) {
  return lines.flatMap(({ at, text }) => {
    const rows = [[]]
    let column = 0
    for (const run of runs(text)) {
      let left = [...run.text]
      while (left.length) {
        if (column === COLUMNS) [column] = [0, rows.push([])]
        const taken = left.splice(0, COLUMNS - column)
        column += taken.length
        rows.at(-1).push({ ...run, text: taken.join('') })
      }
    }
    return rows.map((row) => ({ at, row }))
  })
}

function escaped(text) {
  return text
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function picture(rows, words) {
  let clock = 0.6
  let before = rows[0]?.at ?? 0
  const timed = rows.map(({ at, row }) => {
    clock += Math.min(Math.max(at - before, SHORTEST_PAUSE), LONGEST_PAUSE)
    before = at
    return { at: clock, row }
  })
  const total = clock + LAST_LOOK
  const percent = (at) => ((at / total) * 100).toFixed(2)
  const width = Math.ceil(COLUMNS * CELL + 2 * MARGIN)
  const height = ROWS * LINE + 2 * MARGIN + BAR
  const texts = timed.map(({ row }, i) => {
    const spans = row.map((run) => `<tspan fill="${run.colour}"${run.bold ? ' font-weight="bold"' : ''}>${escaped(run.text)}</tspan>`)
    return `<text x="0" y="${i * LINE}" xml:space="preserve">${spans.join('')}</text>`
  })
  // One step for each moment at which something came: the paper moves, and a curtain below it sinks.
  const steps = timed.map(({ at }, i) => ({ at, up: Math.min(0, (ROWS - i - 1) * LINE), shown: (i + 1) * LINE }))
  const frames = (property) => {
    let last = property({ up: 0, shown: 0 })
    const all = [`0%{transform:${last}}`]
    for (const step of steps) {
      const now = property(step)
      if (now !== last) all.push(`${percent(step.at)}%{transform:${now}}`)
      last = now
    }
    all.push(`100%{transform:${last}}`)
    return { keyframes: all.join(''), last }
  }
  const paper = frames((step) => `translateY(${step.up}px)`)
  const curtain = frames((step) => `translateY(${step.shown}px)`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<style>
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.paper{animation:paper ${total.toFixed(1)}s step-end infinite}
.curtain{animation:curtain ${total.toFixed(1)}s step-end infinite}
@keyframes paper{${paper.keyframes}}
@keyframes curtain{${curtain.keyframes}}
@media (prefers-reduced-motion:reduce){.paper{animation:none;transform:${paper.last}}.curtain{animation:none;transform:${curtain.last}}}
</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<circle cx="18" cy="16" r="5" fill="#ff5f57"/><circle cx="36" cy="16" r="5" fill="#febc2e"/><circle cx="54" cy="16" r="5" fill="#28c840"/>
<text x="${width / 2}" y="20" text-anchor="middle" fill="#8b949e">${escaped(title)}</text>
<svg x="${MARGIN}" y="${MARGIN + BAR - 6}" width="${width - 2 * MARGIN}" height="${ROWS * LINE + 8}" overflow="hidden">
<g class="paper"><g transform="translate(0 ${LINE - 4})">
${texts.join('\n')}
</g><rect class="curtain" x="-1" y="0" width="${width}" height="${(timed.length + 1) * LINE}" fill="#0d1117"/></g>
</svg>
<metadata>${escaped(words.replace(/\x1b\[[0-9;]*m/g, ''))}</metadata>
</svg>
`
}

const lines = await record()
writeFileSync(output, picture(broken(lines), lines.map(({ text }) => text).join('\n')))
