// Counts what was checked and shows what did not hold.

export class Tally {
  passed = 0;
  failed = 0;

  pass() {
    this.passed += 1;
  }

  fail(name, why) {
    this.failed += 1;
    console.log(`FAIL ${name}\n     ${String(why).trim().replaceAll("\n", "\n     ")}`);
  }

  // One check: `problems` is a list of sentences, empty when all is well.
  check(name, problems) {
    if (problems.length === 0) this.pass();
    else this.fail(name, problems.join("\n"));
  }

  // One story: holds when `work` ends without an exception.
  async story(name, work) {
    const begun = Date.now();
    try {
      await work();
      this.pass();
      console.log(`ok   ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (problem) {
      this.fail(name, problem.stack ?? problem);
    }
  }
}

export function must(holds, sentence) {
  if (!holds) throw new Error(sentence);
}
