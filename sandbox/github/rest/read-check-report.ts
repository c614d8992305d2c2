import { z } from 'zod'
import type { CheckReport } from '../acts/report-check.ts'
import { invalid } from '../refusal.ts'
import type { RepositoryCall } from './call.ts'

const mostText = 65_535
const mostAnnotations = 50

const annotation = z.object({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string().max(64 * 1024),
  title: z.string().max(255).optional(),
  raw_details: z
    .string()
    .max(64 * 1024)
    .optional(),
})

const report = z.object({
  name: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending']).optional(),
  conclusion: z
    .enum(['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'])
    .optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string().max(mostText).optional(),
      text: z.string().max(mostText).optional(),
      annotations: z.array(annotation).max(mostAnnotations).optional(),
    })
    .optional(),
  actions: z
    .array(
      z.object({
        label: z.string().max(20),
        description: z.string().max(40),
        identifier: z.string().max(20),
      }),
    )
    .max(3)
    .optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
})

/** The body of a call that makes or changes a check run; 422 for what GitHub would not take, its limits on texts included. */
export function readCheckReport({ body, method }: RepositoryCall): CheckReport {
  const parsed = report.safeParse(body)
  if (!parsed.success) throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const { output, ...given } = parsed.data
  if (given.status === 'completed' && given.conclusion === undefined) {
    throw invalid(['conclusion is required when status is completed'], 'Invalid request.')
  }
  return {
    name: method === 'PATCH' ? given.name : undefined,
    status: given.status,
    conclusion: given.conclusion,
    output: output === undefined ? undefined : { title: output.title, summary: output.summary, text: output.text },
    annotations: (output?.annotations ?? []).map(toAnnotation),
    actions: given.actions,
    externalId: given.external_id,
    detailsUrl: given.details_url,
    startedAt: given.started_at === undefined ? undefined : Date.parse(given.started_at),
    completedAt: given.completed_at === undefined ? undefined : Date.parse(given.completed_at),
  }
}

function toAnnotation(one: z.infer<typeof annotation>): CheckReport['annotations'][number] {
  return {
    path: one.path,
    startLine: one.start_line,
    endLine: one.end_line,
    startColumn: one.start_column,
    endColumn: one.end_column,
    level: one.annotation_level,
    message: one.message,
    title: one.title,
    rawDetails: one.raw_details,
  }
}
