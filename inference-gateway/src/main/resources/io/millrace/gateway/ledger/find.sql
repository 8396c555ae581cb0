-- The finished call of an identity: a served answer before a rejected one.
SELECT c.call_id, c.status, c.error, c.prompt_tokens, c.completion_tokens, b.response
FROM inference_calls c
JOIN inference_bodies b USING (call_id)
WHERE c.identity = ? AND c.status IN ('done', 'rejected')
ORDER BY c.status
LIMIT 1
