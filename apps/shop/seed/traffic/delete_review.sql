-- A customer takes a review back.
-- weight 1
DELETE FROM reviews
WHERE review_id = (SELECT min(review_id) + floor(random() * (max(review_id) - min(review_id) + 1))::bigint FROM reviews);
