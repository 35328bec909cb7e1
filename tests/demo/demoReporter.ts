import type { FullResult, Reporter, TestCase, TestResult, TestStep } from '@playwright/test/reporter';

const colours = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const paint = (code: number) => (text: string) => (colours ? `\u001B[${code}m${text}\u001B[0m` : text);
const green = paint(32);
const red = paint(31);
const dim = paint(2);
const bold = paint(1);

const seconds = (ms: number) => `${(ms / 1000).toFixed(1).padStart(5)} s`;

/** Shows the steps of the demo as they happen, with their times, then its summary; nothing of the machinery below. */
class DemoReporter implements Reporter {
  onStepBegin(_test: TestCase, _result: TestResult, step: TestStep): void {
    if (isStep(step) && process.stdout.isTTY) process.stdout.write(dim(`  …         ${step.title}`));
  }

  onStepEnd(_test: TestCase, _result: TestResult, step: TestStep): void {
    if (!isStep(step)) return;
    if (process.stdout.isTTY) process.stdout.write('\r\u001B[2K');
    const mark = step.error ? red('✗') : green('✓');
    console.log(`  ${mark} ${dim(seconds(step.duration))}  ${step.title}`);
  }

  onTestEnd(_test: TestCase, { attachments, errors }: TestResult): void {
    for (const { name, body } of attachments) {
      if (name === 'summary' && body) console.log(`\n${bold('Summary')}\n${body.toString('utf8')}`);
    }
    for (const { message, location } of errors) {
      const place = location ? ` (${location.file}:${location.line})` : '';
      console.log(`\n${red('Failed')}${place}\n${message ?? ''}`);
    }
  }

  onError({ message }: { message?: string }): void {
    console.log(`${red('Failed')}\n${message ?? ''}`);
  }

  onEnd({ status, duration }: FullResult): void {
    const held = status === 'passed';
    console.log(`\n${held ? green('All steps held.') : red('Not all steps held.')} ${dim(seconds(duration).trim())}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}

const isStep = (step: TestStep): boolean => step.category === 'test.step';

// oxlint-disable-next-line import/no-default-export -- Playwright takes a reporter no other way
export default DemoReporter;
