// Preloaded into the real program: whoever writes a text with NOTIFY_TEST_SPIN in it is busy from then on, for ever, as in a loop
// that no signal is heard in.
const { writeSync } = require('node:fs')

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream)
  stream.write = (text, ...more) => {
    if (!String(text).includes(process.env.NOTIFY_TEST_SPIN)) return write(text, ...more)
    writeSync(2, 'spinning\n')
    for (;;);
  }
}
