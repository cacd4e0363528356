// Prints what rules of npm's awesome-lint say about files: a line of JSON for each file.
//
//     node npm_rules.mjs PROJECT FILE...
//
// PROJECT is a folder in which awesome-lint is installed.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [project, ...files] = process.argv.slice(2);
const load = name => import(pathToFileURL(path.join(project, 'node_modules', name)));
const {remark} = await load('remark/index.js');
const {VFile} = await load('vfile/index.js');
const plugins = [(await load('remark-gfm/index.js')).default, (await load('remark-lint/index.js')).default];
for (const rule of ['badge', 'heading', 'license', 'list-item', 'no-ci-badge', 'toc']) {
	plugins.push((await load(`awesome-lint/rules/${rule}.js`)).default);
}

for (const name of files) {
	const file = new VFile({path: name, value: readFileSync(name)});
	const processor = plugins.reduce((made, plugin) => made.use(plugin), remark());
	await processor.run(processor.parse(file), file);
	const messages = file.messages.map(({line, ruleId, reason}) => ({line: line ?? 1, rule: ruleId, reason}));
	console.log(JSON.stringify(messages));
}
