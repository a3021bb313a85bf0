/* What a story evaluates runs in the page. */
/* global document, window */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goToStep } from "../screens.mjs";

const calls = (page, name) => page.evaluate((it) => window.fake.calls(it), name);
const step = (page, name) => page.getByRole("heading", { level: 2, name }).waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

const askForum = async (page) => {
  await goToStep(page, "Forum");
  await page.getByLabel("Address of the forum").fill("forum.example.com");
  await press(page, "Ask the forum");
  await page.getByText("How you let it in").waitFor();
};

export function setupStories(inWindow) {
  test(
    "the recovery kit is shown once, forgotten by the page and asked back",
    inWindow("set-up", async (page) => {
      await step(page, "Recovery kit");
      await press(page, "Show the 24 words");
      const list = page.getByRole("region", { name: "The words of the recovery kit" });
      assert.equal(await list.getByRole("listitem").count(), 24);
      await press(page, "I have written them down");
      await page.getByLabel("Word 3", { exact: true }).and(page.locator(":focus")).waitFor();
      assert.ok(
        !(await page.evaluate(() => document.body.innerHTML)).includes("acoustic"),
        "the page holds no word any more",
      );
      await page.keyboard.type("about");
      await page.getByLabel("Word 11").fill("able");
      await page.getByLabel("Word 20").fill("able");
      await press(page, "Check");
      await page.getByText("These are not the words.").waitFor();
      await page.getByLabel("Word 11").fill(" Abuse");
      await page.getByLabel("Word 20").fill("across".toUpperCase());
      await press(page, "Check");
      await page.getByText("These are not the words.").waitFor();
      await page.getByLabel("Word 11").fill(" Access ");
      await page.getByLabel("Word 20").fill("act");
      await page.getByLabel("Word 3", { exact: true }).fill("able");
      await press(page, "Check");
      await step(page, "Forum");
      await goToStep(page, "Recovery kit");
      await page.getByText("The recovery kit is saved.").waitFor();
    }),
  );

  test(
    "a kit is sealed for somebody else, and counts once they have it",
    inWindow("set-up", async (page) => {
      await press(page, "Seal it for somebody else");
      await page.getByLabel("Their age recipient").fill("AGE-SECRET-KEY-1");
      await press(page, "Seal the kit");
      await page.getByText("An age recipient begins with age1.").waitFor();
      assert.equal(await calls(page, "seal_new_kit"), 0);
      await page
        .getByLabel("Their age recipient")
        .fill("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
      await press(page, "Seal the kit");
      await page.getByLabel("The sealed kit").waitFor();
      await press(page, "They have it");
      await step(page, "Forum");
    }),
  );

  test(
    "a kit that cannot be made says why, and can be tried again",
    inWindow("set-up", async (page) => {
      await page.evaluate(() => window.fake.refuse("show_new_kit", "keychain_trouble"));
      await press(page, "Show the 24 words");
      await page.getByRole("alert").getByText("The keychain cannot be used.").waitFor();
      await press(page, "Show the 24 words");
      await page.getByRole("region", { name: "The words of the recovery kit" }).waitFor();
    }),
  );

  test(
    "the forum says what is asked for, and a code that is typed there lets the desk in",
    inWindow("set-up", async (page) => {
      await askForum(page);
      await page.getByText("See whose account it is").waitFor();
      assert.equal(await page.getByText("in your name").count(), 0, "writing was not asked for");
      await press(page, "Go on");
      await page.getByText("BCDF-GHJK").waitFor();
      assert.equal(await calls(page, "open_sign_in_page"), 1);
      await press(page, "Copy the code");
      assert.equal(await page.evaluate(() => window.navigator.clipboard.readText()), "BCDF-GHJK");
      await page.evaluate(() => window.fake.world.letIn());
      await page.getByText("Signed in as robin").waitFor();
      await page.getByLabel("Group escalations").uncheck();
      await press(page, "Look at these");
      await step(page, "Tracker and mail");
      const forum = await page.evaluate(() => window.fake.world.connections.forum);
      assert.deepEqual([forum.personal, forum.groups], [true, ["support"]]);
    }),
  );

  test(
    "a sign-in can be stopped, and a text that was not made for it is refused",
    inWindow("set-up", async (page) => {
      await page.evaluate(() => (window.fake.world.deviceCodes = false));
      await askForum(page);
      assert.equal(await page.getByLabel("With a code").count(), 0, "this forum knows no codes");
      await press(page, "Go on");
      await page.getByLabel("The text that the forum showed").fill("something else");
      await press(page, "Use it");
      await page.getByRole("alert").waitFor();
      await press(page, "Stop");
      assert.equal(await calls(page, "cancel_sign_in"), 1);
      await press(page, "Go on");
      await page.getByLabel("The text that the forum showed").fill("payload");
      await press(page, "Use it");
      await page.getByText("Signed in as robin").waitFor();
    }),
  );

  test(
    "a forum that does not answer is told, and nothing is lost of what was typed",
    inWindow("set-up", async (page) => {
      await goToStep(page, "Forum");
      await page.getByLabel("Address of the forum").fill("forum.example.com");
      await page.evaluate(() => window.fake.refuse("begin_sign_in", "unreachable"));
      await press(page, "Ask the forum");
      await page.getByRole("alert").getByText("The server does not answer.").waitFor();
      assert.equal(await page.getByLabel("Address of the forum").inputValue(), "forum.example.com");
    }),
  );

  test(
    "mail and tracker are tested before they are kept, and the test says what was found",
    inWindow("set-up", async (page) => {
      await goToStep(page, "Tracker and mail");
      await press(page, "Connect mail");
      await page.getByLabel("Address that letters come from").fill("desk@example.com");
      await page.getByLabel("Server that sends").fill("smtp.example.com:587");
      await page.getByLabel("Server that receives").fill("imap.example.com:993");
      const password = page.getByRole("textbox", { name: "Password" });
      await password.fill("wrong");
      await press(page, "Test connection");
      const found = page.getByRole("region", { name: "What was found" });
      await found.getByText("The server refused our key or password.").waitFor();
      await found.getByText("let us in").waitFor();
      assert.equal(await page.evaluate(() => window.fake.world.connections.mail), null);
      await password.fill("right");
      await press(page, "Connect");
      await page.getByText("desk@example.com").waitFor();

      await press(page, "Connect a tracker");
      await page.getByLabel("Kind").selectOption("GitLab");
      await page.getByLabel("Address", { exact: true }).fill("gitlab.example.com");
      await page.getByRole("textbox", { name: "API key" }).fill("a key");
      assert.ok(await page.getByRole("button", { name: "Test connection" }).isDisabled());
      await page.getByLabel("Project").fill("support/desk");
      await press(page, "Test connection");
      await found.getByText("resolved, rejected").waitFor();
      await press(page, "Connect");
      await page.getByText("gitlab · ").waitFor();
    }),
  );

  test(
    "the rule is one sentence: changed in its place, simulated, and only then in force",
    inWindow("set-up", async (page) => {
      await goToStep(page, "Retention rule");
      await page.getByLabel("Longest time after arrival", { exact: true }).fill("30");
      await press(page, "Show what this would do");
      await page.getByRole("region", { name: "What it would do" }).waitFor();
      assert.equal(await calls(page, "change_rules"), 0);
      await press(page, "Put these rules into force");
      await page.getByText("The rules are in force.").waitFor();
      const rule = await page.evaluate(() => window.fake.world.rules.rules.at(-1));
      assert.equal(rule.ceiling, "30 days");
    }),
  );

  test(
    "the first run goes on where it was left, and is over when somebody ends it",
    inWindow("set-up", async (page) => {
      await press(page, "Later");
      await step(page, "Forum");
      await press(page, "Leave for now");
      await page.getByText("4 steps of the first run are left.").waitFor();
      await press(page, "Go on");
      await step(page, "Forum");
      for (const next of ["Tracker and mail", "Retention rule"]) {
        await press(page, "Later");
        await step(page, next);
      }
      await press(page, "Keep this rule");
      await press(page, "Finish");
      await page.getByRole("heading", { name: "Cases" }).waitFor();
      await page.getByRole("button", { name: /^Attention/ }).click();
      await page.getByText("The recovery kit is not saved").waitFor();
      await press(page, "Save the kit");
      await step(page, "Security");
    }),
  );

  test(
    "the whole first run goes by keyboard, in German",
    inWindow(
      "set-up",
      async (page) => {
        const main = page.getByRole("main");
        await page.getByRole("heading", { level: 1, name: "Diesen Platz einrichten" }).waitFor();
        await main.getByRole("button", { name: "Die 24 Wörter zeigen" }).focus();
        await page.keyboard.press("Enter");
        await page
          .getByRole("button", { name: "Ich habe sie aufgeschrieben" })
          .and(page.locator(":focus"))
          .waitFor();
        await page.keyboard.press("Enter");
        for (const word of ["able", "access", "act"]) {
          await page.keyboard.type(word);
          await page.keyboard.press("Tab");
        }
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 2, name: "Forum" }).waitFor();
      },
      { language: "de-DE" },
    ),
  );
}
