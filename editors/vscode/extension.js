// Starts `alongside lsp` and passes its settings on. Everything it knows about words is in the program.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "html", "plaintext", "git-commit"];

let client;

function settings() {
  const { kind, profile } = vscode.workspace.getConfiguration("alongside");
  return { kind: kind || null, profile: profile || null };
}

async function start() {
  const command = vscode.workspace.getConfiguration("alongside").get("command") || "alongside";
  client = new LanguageClient(
    "alongside",
    "Alongside",
    { command, args: ["lsp"] },
    {
      documentSelector: ["file", "untitled"].flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
      initializationOptions: settings(),
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(
      `\`${command} lsp\` did not start. Put the program into your PATH, or name its place in the setting alongside.command. (${error})`,
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("alongside.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("alongside.command")) {
        await stop();
        await start();
      } else if (change.affectsConfiguration("alongside")) {
        await client?.sendNotification("workspace/didChangeConfiguration", { settings: { alongside: settings() } });
      }
    }),
  );
  await start();
};

exports.deactivate = stop;
