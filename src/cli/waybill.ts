#!/usr/bin/env node
import { Command } from 'commander'
import { schemaCommand } from './schema.ts'
import { startCommand } from './start.ts'

await new Command('waybill')
  .description('Every change travels alone, with its papers.')
  .addCommand(startCommand())
  .addCommand(schemaCommand())
  .showHelpAfterError()
  .showSuggestionAfterError()
  .parseAsync()
