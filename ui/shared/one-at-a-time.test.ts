import { expect, it } from "vitest";
import { oneAtATime } from "./one-at-a-time";

/** A question that is answered when somebody says so. */
function question() {
  const answers: { tell: () => void; fail: () => void }[] = [];
  const ask = oneAtATime(
    () => new Promise((tell, fail) => answers.push({ tell, fail: () => fail(new Error("away")) })),
  );
  return { answers, ask };
}

const settle = () => new Promise((later) => setTimeout(later));

it("asks once more for all who asked meanwhile", async () => {
  const { answers, ask } = question();
  const first = ask();
  const others = [ask(), ask(), ask()];
  expect(answers).toHaveLength(1);
  answers[0]?.tell();
  await first;
  await settle();
  expect(answers).toHaveLength(2);
  let answered = false;
  void Promise.all(others).then(() => (answered = true));
  await settle();
  expect(answered, "an answer that is older than the question is none").toBe(false);
  answers[1]?.tell();
  await Promise.all(others);
  await settle();
  expect(answers).toHaveLength(2);
});

it("tells who asked that it failed, and asks again for the others", async () => {
  const { answers, ask } = question();
  const first = ask();
  const second = ask();
  answers[0]?.fail();
  await expect(first).rejects.toThrow("away");
  await settle();
  answers[1]?.tell();
  await second;
  const third = ask();
  expect(answers).toHaveLength(3);
  answers[2]?.tell();
  await third;
});
