#!/usr/bin/env node

// What runs for months loads nothing of the commands that run for a second.
if (process.argv.slice(2).join(' ') === 'start') await import('../begin.js')
else await import('./commands.ts')
