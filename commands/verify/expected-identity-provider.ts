import { z } from "zod";
import type { Organisation, PipelineFacts } from "../../infra/config";
import {
  tokenAudience,
  tokenIssuer,
} from "../../infra/documents/pipeline-trust";

export const expectedIdentityProvider = z.object({
  issuer: z.string(),
  audience: z.string(),
  /** Whether the stack makes it; if not, others may use it too. */
  isOwn: z.boolean(),
});

export type ExpectedIdentityProvider = z.infer<typeof expectedIdentityProvider>;

/** @param pipeline undefined: config has none */
export const expectedProvider = (
  { partition }: Organisation,
  pipeline: PipelineFacts | undefined,
): ExpectedIdentityProvider | null =>
  pipeline === undefined
    ? null
    : {
        issuer: tokenIssuer,
        audience: tokenAudience(partition),
        isOwn: !pipeline.existingProvider,
      };
