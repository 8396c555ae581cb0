-- Every table of the shop's database into the lake, exactly as committed.
EXECUTE STATEMENT SET BEGIN
  INSERT INTO lake.shop.customers   SELECT * FROM cdc.shop.customers;
  INSERT INTO lake.shop.products    SELECT * FROM cdc.shop.products;
  INSERT INTO lake.shop.orders      SELECT * FROM cdc.shop.orders;
  INSERT INTO lake.shop.order_items SELECT * FROM cdc.shop.order_items;
  INSERT INTO lake.shop.tickets     SELECT * FROM cdc.shop.tickets;
  INSERT INTO lake.shop.reviews     SELECT * FROM cdc.shop.reviews;
END;
