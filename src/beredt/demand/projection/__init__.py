"""Demand of later years: people by a projection, need by age, and how use changes apart from both."""
