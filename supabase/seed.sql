-- Local only. The demo users are made by the local platform through Auth and the Stripe sandbox, as
-- real users are; nothing is inserted here.
select 1;
