-- A call with its bodies, as JSON.
SELECT row_to_json(c)::text, b.request, b.response
FROM inference_calls c
LEFT JOIN inference_bodies b USING (call_id)
WHERE c.call_id = ?
